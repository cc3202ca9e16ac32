namespace Splade.AI.Postgres;

/// <summary>Which texts PostgreSQL keeps: all of Unicode but U+0000, and no half of a surrogate pair, which is none.</summary>
internal static class PostgresText
{
    /// <summary>What is wrong with a text, in words; null if nothing is.</summary>
    public static string? FindProblem(string text)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is int zero and >= 0)
        {
            return $"U+0000 at position {zero}";
        }

        for (int i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return $"half of a surrogate pair at position {i}";
                }

                i++;
            }
        }

        return null;
    }

    /// <summary>Whether PostgreSQL can have the text.</summary>
    public static bool IsKept(string text) => FindProblem(text) is null;
}
