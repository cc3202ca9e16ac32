namespace Splade.AI.Lexical;

/// <summary>Represents a rule that cuts words to their stems, so that connects, connected and connection are one term.</summary>
/// <remarks>
/// Immutable; safe for concurrent use if what it is made of is. Vectors depend on it: by <see cref="Name"/> those of one stemmer are told from those of
/// another.
/// </remarks>
public sealed class WordStemmer
{
    private readonly Func<string, string> _stem;

    /// <summary>Initializes a new instance of the <see cref="WordStemmer"/> class with a rule of your own.</summary>
    /// <param name="name">What it is called, with its version: another name means other vectors, the same name the same ones.</param>
    /// <param name="stem">
    /// Returns the stem of a word in lower case, always the same for the same word; an empty text drops the word. Called by several threads at once, and
    /// not for every occurrence of a word.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="stem"/> is <see langword="null"/>.</exception>
    public WordStemmer(string name, Func<string, string> stem)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(stem);
        Name = name;
        _stem = stem;
    }

    private WordStemmer(string name, Func<string, string> stem, bool isBuiltIn)
        : this(name, stem) => IsBuiltIn = isBuiltIn;

    /// <summary>Gets Snowball's English stemmer in its form of before version 3, as FastEmbed and most search engines have it.</summary>
    /// <remarks>M. F. Porter, snowballstem.org/algorithms/english, also called Porter2.</remarks>
    public static WordStemmer English { get; } = new("english", EnglishStemmer.Classic.Stem, isBuiltIn: true);

    /// <summary>Gets Snowball's English stemmer in its form of version 3, which keeps for example past and paste, organ and organization apart.</summary>
    /// <remarks>Apostrophes are letters to it: cut them off before.</remarks>
    public static WordStemmer EnglishSnowball3 { get; } = new("english-snowball3", EnglishStemmer.Snowball3.Stem, isBuiltIn: true);

    /// <summary>Gets the stemmer that leaves words as they are.</summary>
    public static WordStemmer None { get; } = new("none", word => word, isBuiltIn: true);

    /// <summary>Gets what the stemmer is called.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of the library's own, whose names no other can take.</summary>
    internal bool IsBuiltIn { get; }

    /// <summary>Cuts a word to its stem.</summary>
    /// <param name="word">The word, in lower case.</param>
    /// <returns>The stem; empty if the word has none.</returns>
    /// <exception cref="InvalidOperationException">The rule returned <see langword="null"/>.</exception>
    public string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return _stem(word) ?? throw new InvalidOperationException(
            $"The stemmer '{Name}' returned null for a word. Expected its stem, or an empty text for a word that has none.");
    }

    /// <summary>Returns <see cref="Name"/>.</summary>
    /// <inheritdoc/>
    public override string ToString() => Name;
}
