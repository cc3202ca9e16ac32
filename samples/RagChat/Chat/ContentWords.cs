using System.Text.RegularExpressions;

namespace RagChat.Chat;

/// <summary>The words of an English text that carry its matter.</summary>
internal static partial class ContentWords
{
    /// <summary>Words that fit into any question. In other languages none is left out, and answers are given more cautiously.</summary>
    private static readonly HashSet<string> FunctionWords = new(
        """
        a an the and or but if is are was were be been do does did am has have had get gets got go goes
        how what when where who whom which why will would can could should may might must
        i you he she it we they me my your his her its our their this that these those there here
        of in on at to for from with by about into over after before as than then so not no any some one another much many long often out s t
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string[] Of(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(m => m.Value).Where(w => !FunctionWords.Contains(w)).Distinct()];

    /// <summary>How much of some words a text says, from 0 to 1.</summary>
    public static float ShareIn(string text, IReadOnlyCollection<string> words) =>
        words.Count == 0 ? 0 : words.Intersect(Of(text)).Sum(Weight) / words.Sum(Weight);

    /// <summary>A code or a number in a question is what the question is about.</summary>
    private static float Weight(string word) => word.Any(char.IsDigit) ? 3 : 1;

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
