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

    // What counts as a match follows from the pattern and the inversion; the behaviour only asks for that. Inverted, text that is no match
    // may stand beside other such text: two matches of the pattern without anything between.
    private int FindEnd(ReadOnlySpan<char> text, int start, out bool isDropped)
    {
        int end = FindSegmentEnd(text, start, out bool isMatch);
        isDropped = isMatch && behavior == SplitBehavior.Removed;
        return behavior switch
        {
            SplitBehavior.Contiguous => EndOfRun(text, end, isMatch),
            SplitBehavior.MergedWithPrevious when !isMatch => EndWithNext(text, end, ofMatches: true),
            SplitBehavior.MergedWithNext when isMatch => EndWithNext(text, end, ofMatches: false),
            _ => end,
        };
    }

    private int EndOfRun(ReadOnlySpan<char> text, int end, bool ofMatches)
    {
        for (int next; (next = EndWithNext(text, end, ofMatches)) > end; end = next)
        {
        }

        return end;
    }

    /// <summary>The end of the next segment if it is a match, or is none, as asked for; else where it begins.</summary>
    private int EndWithNext(ReadOnlySpan<char> text, int end, bool ofMatches) =>
        end < text.Length && FindSegmentEnd(text, end, out bool isMatch) is var next && isMatch == ofMatches ? next : end;

    private int FindSegmentEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        int end = pattern.FindEnd(text, start, out isMatch);
        isMatch ^= isInverted;
        return end;
    }
}
