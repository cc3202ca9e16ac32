using System.Text.RegularExpressions;

namespace KernelChat;

/// <summary>The sentences of a passage of Markdown.</summary>
internal static partial class Sentences
{
    public static IEnumerable<string> Of(string passage) => End().Split(passage)
        .SelectMany(sentence => sentence.Split('\n'))
        .Select(line => line.Trim(' ', '-', '*', '>'))
        .Where(line => line.EndsWith('.'));

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex End();
}
