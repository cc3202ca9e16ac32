namespace Splade.AI.Display;

/// <summary>Halves of characters that stand alone, which no encoding can write.</summary>
internal static class Surrogates
{
    /// <summary>Where the first one is; null if there is none.</summary>
    public static int? FindLone(string text)
    {
        for (int at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (IsLone(text, at))
            {
                return at;
            }
        }

        return null;
    }

    public static bool IsLone(string text, int at) =>
        (char.IsHighSurrogate(text[at]) && (at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])))
        || (char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1])));
}
