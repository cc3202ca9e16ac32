using System.Globalization;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>The characters of a text as people count them, be they of two code units, of marks, or of several emoji; and where it may be cut.</summary>
internal sealed class TextElements
{
    private readonly int[] _borders;

    public TextElements(string text) => _borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];

    /// <summary>How many characters a text has.</summary>
    public static int Count(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>A text of no more than some characters, its end cut off if it must be.</summary>
    public static string Fit(string text, int count) =>
        Count(text) <= count ? text : $"{new StringInfo(text).SubstringByTextElements(0, count - 1).TrimEnd()}…";

    /// <summary>A part of the text, widened to whole characters. What lies outside of the text is left out.</summary>
    public TokenOffset Widen(TokenOffset span)
    {
        int length = _borders[^1];
        int start = Math.Clamp(span.Start, 0, length);
        int end = Math.Clamp(span.End, start, length);
        return start == end ? default : new TokenOffset(BorderBefore(start), BorderAfter(end));
    }

    private int BorderBefore(int at)
    {
        int found = Array.BinarySearch(_borders, at);
        return _borders[found >= 0 ? found : ~found - 1];
    }

    private int BorderAfter(int at)
    {
        int found = Array.BinarySearch(_borders, at);
        return _borders[found >= 0 ? found : ~found];
    }
}
