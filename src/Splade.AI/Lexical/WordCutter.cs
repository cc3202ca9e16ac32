using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Lexical;

/// <summary>Represents a rule that finds the words of a text.</summary>
/// <remarks>
/// Immutable; safe for concurrent use if what it is made of is. Vectors depend on it: by <see cref="Name"/> those of one cutter are told from those of
/// another.
/// </remarks>
public sealed class WordCutter
{
    private readonly Action<string, List<TokenOffset>, CancellationToken> _cut;
    private readonly Func<Rune, bool> _fails;

    /// <summary>Initializes a new instance of the <see cref="WordCutter"/> class with a rule of your own, such as a segmenter for Thai.</summary>
    /// <param name="name">What it is called, with its version: another name means other vectors, the same name the same ones.</param>
    /// <param name="cut">
    /// Returns where the words of a text stand, in the order in which they count as met; always the same for the same text. They may overlap, and empty
    /// ones are passed over. Called by several threads at once.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="cut"/> is <see langword="null"/>.</exception>
    public WordCutter(string name, Func<string, IEnumerable<TokenOffset>> cut)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(cut);
        Name = name;
        _cut = (text, words, cancellationToken) => AddChecked(cut(text), text, words, cancellationToken);
        _fails = _ => false;
    }

    private WordCutter(string name, Action<string, List<TokenOffset>, CancellationToken> cut, Func<Rune, bool> fails)
    {
        Name = name;
        _cut = cut;
        _fails = fails;
        IsBuiltIn = true;
    }

    /// <summary>Gets the rule of FastEmbed: the longest runs of letters, digits and underscores.</summary>
    /// <remarks>
    /// Letters and digits are the Unicode categories L, Nd, Nl and No, as Python's <c>\w</c> has them; marks are none, so that a word ends at an accent
    /// that is a character of its own. Chinese, Japanese, Thai, Lao and Khmer have no spaces between words: a run there is a whole clause.
    /// </remarks>
    public static WordCutter Words { get; } = new("words", WordRuns.Cut, SpacelessScripts.Contains);

    /// <summary>
    /// Gets <see cref="Words"/> for all scripts but Chinese, Japanese and Korean, of which each two neighbouring characters are a word: "東京都" is
    /// "東京" and "京都".
    /// </summary>
    /// <remarks>
    /// As Lucene's <c>CJKBigramFilter</c> does it: Han characters, kana and Hangul syllables of one run count as neighbours, and one that is alone is a
    /// word by itself. FastEmbed has nothing like it, so that there are no numbers to be equal to.
    /// </remarks>
    public static WordCutter WordsAndCjkBigrams { get; } = new(
        "words-cjk-bigrams", CjkBigrams.Cut, scalar => SpacelessScripts.Contains(scalar) && !CjkBigrams.IsCjk(scalar.Value));

    /// <summary>Gets what the cutter is called.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of the library's own, whose names no other can take.</summary>
    internal bool IsBuiltIn { get; }

    /// <summary>Finds the words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Where they stand, none of them empty.</returns>
    /// <exception cref="InvalidOperationException">The rule returned nothing, or a word that is not in the text.</exception>
    public IReadOnlyList<TokenOffset> Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<TokenOffset>();
        Cut(text, words, CancellationToken.None);
        return words;
    }

    /// <summary>Returns <see cref="Name"/>.</summary>
    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Adds where the words of a text stand.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes them.</param>
    /// <param name="cancellationToken">Observed every few thousand characters; by a rule of a caller's own, at its words.</param>
    internal void Cut(string text, List<TokenOffset> words, CancellationToken cancellationToken) => _cut(text, words, cancellationToken);

    /// <summary>Whether a text has a character of a script that the rule does not know how to cut.</summary>
    internal bool FailsAt(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int next = text.AsSpan(i).IndexOfAnyExceptInRange('\0', SpacelessScripts.LastBefore);
            if (next < 0)
            {
                return false;
            }

            i += next;
            if (Rune.TryGetRuneAt(text, i, out Rune scalar) && _fails(scalar))
            {
                return true;
            }
        }

        return false;
    }

    private void AddChecked(IEnumerable<TokenOffset>? found, string text, List<TokenOffset> words, CancellationToken cancellationToken)
    {
        foreach (TokenOffset word in found ?? throw new InvalidOperationException($"The word cutter '{Name}' returned null. Expected words, or none."))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (word.Start < 0 || word.End > text.Length || word.Start > word.End)
            {
                throw new InvalidOperationException(
                    $"The word cutter '{Name}' returned a word from {word.Start} to {word.End}, expected one inside of the text, from 0 to {text.Length}.");
            }

            if (word.Start < word.End)
            {
                words.Add(word);
            }
        }
    }
}
