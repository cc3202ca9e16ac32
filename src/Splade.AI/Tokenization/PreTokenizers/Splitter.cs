using Splade.AI.Tokenization.Patterns;

namespace Splade.AI.Tokenization.PreTokenizers;

/// <summary>Splits a text by a pattern.</summary>
/// <param name="pattern">What splits.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="isInverted">Whether what stands between counts as the matches.</param>
internal sealed class Splitter(Pattern pattern, SplitBehavior behavior, bool isInverted = false) : PreTokenizer
{
    /// <inheritdoc/>
    public override void Append(AlignedText text, WordPipeline next, int step, TokenBuffer destination)
    {
        for (int at = 0; at < text.Length && !destination.IsOverfull;)
        {
            int end = FindEnd(text.Text, at, out bool isDropped);
            if (!isDropped)
            {
                next.Append(text.Slice(at, end), destination, step);
            }

            at = end;
        }
    }

    private int FindEnd(ReadOnlySpan<char> text, int start, out bool isDropped)
    {
        int end = FindSegmentEnd(text, start, out bool isMatch);
        isDropped = isMatch && behavior == SplitBehavior.Removed;
        return behavior switch
        {
            SplitBehavior.Contiguous when isMatch => EndOfMatches(text, end),
            SplitBehavior.MergedWithPrevious when !isMatch && end < text.Length => FindSegmentEnd(text, end, out _),
            SplitBehavior.MergedWithNext when isMatch && end < text.Length => EndOfTextBehind(text, end),
            _ => end,
        };
    }

    private int EndOfMatches(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && FindSegmentEnd(text, end, out bool isMatch) is var next && isMatch)
        {
            end = next;
        }

        return end;
    }

    private int EndOfTextBehind(ReadOnlySpan<char> text, int matchEnd)
    {
        int next = FindSegmentEnd(text, matchEnd, out bool isMatch);
        return isMatch ? matchEnd : next;
    }

    private int FindSegmentEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        int end = pattern.FindEnd(text, start, out isMatch);
        isMatch ^= isInverted;
        return end;
    }
}
