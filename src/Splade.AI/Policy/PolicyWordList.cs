namespace Splade.AI.Policy;

/// <summary>Words under a name, for rules that are about many words.</summary>
/// <remarks>Immutable and safe for concurrent use. The name is for people: two lists of the same words mean the same.</remarks>
public sealed class PolicyWordList
{
    private const string EnglishName = "english-stop-words";
    private const string EnglishResource = "EnglishStopWords.txt";

    private static readonly Lazy<PolicyWordList> English = new(() => new PolicyWordList(EnglishName, ReadLines(EnglishResource)));

    /// <summary>Creates a list.</summary>
    /// <param name="name">What the list is called in a file.</param>
    /// <param name="words">The words, as one writes them in a text. At least one.</param>
    /// <exception cref="ArgumentException">The name is blank, there is no word, or one is null or blank.</exception>
    public PolicyWordList(string name, IEnumerable<string> words)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Words = PolicyLimits.Check(words, nameof(words));
        if (Words.Count == 0)
        {
            throw new ArgumentException($"The list '{name}' has no words, expected at least one.", nameof(words));
        }
    }

    /// <summary>
    /// Gets English words that say little of what a text is about, in lower case: articles, pronouns, prepositions, conjunctions and auxiliary
    /// verbs. Words that are often something else too, such as "can" or "will", are not among them. In a file: <c>english-stop-words</c>.
    /// </summary>
    public static PolicyWordList EnglishStopWords => English.Value;

    /// <summary>Gets what the list is called in a file.</summary>
    public string Name { get; }

    /// <summary>Gets the words.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The list of the library that has a name; null if there is none.</summary>
    internal static PolicyWordList? FindBuiltIn(string name) => name == EnglishName ? EnglishStopWords : null;

    internal static IReadOnlyList<string> BuiltInNames => [EnglishName];

    private static IEnumerable<string> ReadLines(string resource)
    {
        using Stream stream = typeof(PolicyWordList).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is string line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
