using System.Buffers;

namespace Splade.AI.Evaluation.Files;

/// <summary>The characters that separate columns in files of TREC: those that C's <c>isspace</c> knows, as in trec_eval, and no others of Unicode.</summary>
internal static class Blanks
{
    private static readonly char[] All = [' ', '\t', '\n', '\v', '\f', '\r'];
    private static readonly SearchValues<char> Set = SearchValues.Create(All);

    public static bool Has(string text) => text.AsSpan().ContainsAny(Set);

    public static bool IsBlank(string line) => !line.AsSpan().ContainsAnyExcept(Set);

    /// <summary>Splits a line at runs of blanks.</summary>
    public static string[] Split(string line) => line.Split(All, StringSplitOptions.RemoveEmptyEntries);
}
