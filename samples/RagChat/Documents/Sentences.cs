using System.Text.RegularExpressions;

namespace RagChat.Documents;

/// <summary>Where sentences end.</summary>
internal static partial class Sentences
{
    /// <summary>Matches the empty place between two sentences; the space between them belongs to the first.</summary>
    public static Regex Border => SentenceBorder();

    /// <summary>The sentences of a text. Line ends are borders too: list items and table rows stand on their own.</summary>
    public static IEnumerable<string> Of(string text) => text
        .Split('\n')
        .SelectMany(line => SentenceBorder().Split(line))
        .Select(s => s.Trim())
        .Where(s => s.Length > 0);

    // A stop (perhaps with a closing quote) and space, before a capital, a digit or an opening quote; not after a common abbreviation or
    // the number of a list item. Chinese and Japanese stops need no space. What comes after is asked first: it is the same at every place of
    // a long run of white space, and looking back through the run from each would take time that grows with its square.
    [GeneratedRegex(
        """
        (?=[\p{Lu}\p{Nd}"'“‘(])
        (?<=[.!?]["'”’)]?\s+)
        (?<!\b(?:e\.g|i\.e|approx|ca|cf|No|Nr|Mr|Mrs|Ms|Dr|vs)\.\s+)
        (?<!^\s*\d+\.\s+)
        | (?<=[。！？])(?=.)
        """,
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SentenceBorder();
}
