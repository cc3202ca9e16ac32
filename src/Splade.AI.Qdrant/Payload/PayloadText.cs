namespace Splade.AI.Qdrant.Payload;

/// <summary>Texts as they go over the wire, which is UTF-8: half of a surrogate pair would arrive as another character.</summary>
internal static class PayloadText
{
    /// <exception cref="ArgumentException">The text is not valid UTF-16.</exception>
    public static string Require(string text, string what) => FindHalf(text) is int place and >= 0
        ? throw new ArgumentException($"found half of a surrogate pair at position {place} of {what}, expected valid UTF-16. Replace it.") : text;

    public static bool IsValid(string text) => FindHalf(text) < 0;

    private static int FindHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }
}
