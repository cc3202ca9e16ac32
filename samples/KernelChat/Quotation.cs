using System.Text.RegularExpressions;
using Splade.AI.Tools;

namespace KernelChat;

/// <summary>Picks what to quote from a passage.</summary>
internal static partial class Quotation
{
    /// <summary>The sentence whose words brought most of the match; of several the first.</summary>
    public static string From(string passage, IReadOnlyList<ToolMatch> reasons) => SentenceEnd().Split(passage)
        .SelectMany(sentence => sentence.Split('\n'))
        .Select(line => line.Trim(' ', '-', '*', '>'))
        .Where(line => line.EndsWith('.'))
        .DefaultIfEmpty(passage)
        .MaxBy(line => reasons.Where(r => line.Contains(r.Term, StringComparison.OrdinalIgnoreCase)).Sum(r => r.Contribution))!;

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
