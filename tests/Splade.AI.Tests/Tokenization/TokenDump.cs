using System.Globalization;
using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Compares tokens and, where they differ, shows both lists side by side.</summary>
internal static class TokenDump
{
    private const int MostLines = 60;

    public static void AssertEqual(
        Tokenizer tokenizer, string text, ReadOnlySpan<int> expectedIds, ReadOnlySpan<TokenOffset> expectedOffsets, TokenBuffer actual)
    {
        if (!expectedIds.SequenceEqual(actual.Ids) || !expectedOffsets.SequenceEqual(actual.Offsets))
        {
            Assert.Fail(Format(tokenizer.Vocabulary, text, expectedIds, expectedOffsets, actual));
        }
    }

    private static string Format(
        Vocabulary vocabulary, string text, ReadOnlySpan<int> expectedIds, ReadOnlySpan<TokenOffset> expectedOffsets, TokenBuffer actual)
    {
        var dump = new StringBuilder().Append("Tokens differ for ").AppendLine(Escape(text)).AppendLine("expected | actual");
        int first = Math.Max(0, expectedIds.CommonPrefixLength(actual.Ids) - 3);
        for (int i = first; i < Math.Min(first + MostLines, Math.Max(expectedIds.Length, actual.Count)); i++)
        {
            string expected = i < expectedIds.Length ? Describe(vocabulary, text, expectedIds[i], expectedOffsets[i]) : "-";
            string found = i < actual.Count ? Describe(vocabulary, text, actual.Ids[i], actual.Offsets[i]) : "-";
            dump.Append(expected == found ? "   " : ">> ").Append(expected).Append(" | ").AppendLine(found);
        }

        return dump.ToString();
    }

    private static string Describe(Vocabulary vocabulary, string text, int id, TokenOffset offset) =>
        $"{id} {vocabulary[id]} [{offset.Start}..{offset.End}] {Escape(text[offset.Start..offset.End])}";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder("\"");
        foreach (char c in text)
        {
            escaped.Append(c is >= ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"));
        }

        return escaped.Append('"').ToString();
    }
}
