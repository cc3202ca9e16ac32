namespace Splade.AI.Tools;

/// <summary>Parts of texts, cut where neither a character nor, if that can be, a word is in two.</summary>
internal static class Excerpt
{
    private const string Ellipsis = "…";

    /// <summary>How far a cut is moved to stand between words. Longer words are cut.</summary>
    private const int WordReach = 20;

    /// <summary>The first characters of a text; one less where the last would be half a character.</summary>
    public static string Head(string text, int length) => text.Length <= length ? text : text[..WholeCharacter(text, length)];

    /// <summary>A part of a text around a place, an ellipsis for what is left out on either side, fit to be shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A place that the part is to have, mostly with more text after it than before.</param>
    /// <param name="length">How many characters of the text it has at most.</param>
    public static string Around(string text, int at, int length)
    {
        if (text.Length <= length)
        {
            return UntrustedText.Clean(text);
        }

        int start = BetweenWords(text, Math.Clamp(at - length / 4, 0, text.Length - length), at);
        int end = text.Length - start <= length ? text.Length : LastBetweenWords(text, start + length, Math.Max(start, at) + 1);
        string part = UntrustedText.Clean(text.AsSpan(start, end - start).Trim());
        return $"{(start > 0 ? Ellipsis : "")}{part}{(end < text.Length ? Ellipsis : "")}";
    }

    // The first place from here on that follows white space, but none behind the limit.
    private static int BetweenWords(string text, int start, int limit)
    {
        for (int at = start; at > 0 && at <= Math.Min(limit, start + WordReach); at++)
        {
            if (char.IsWhiteSpace(text[at - 1]))
            {
                return at;
            }
        }

        return start > 0 && char.IsLowSurrogate(text[start]) ? start + 1 : start;
    }

    // The last place up to here that white space follows, but none before the limit.
    private static int LastBetweenWords(string text, int end, int limit)
    {
        for (int at = end; at >= Math.Max(limit, end - WordReach); at--)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                return at;
            }
        }

        return WholeCharacter(text, end);
    }

    private static int WholeCharacter(string text, int end) =>
        end > 0 && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]) ? end - 1 : end;
}
