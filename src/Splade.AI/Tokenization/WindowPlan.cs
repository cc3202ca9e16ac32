using System.Diagnostics;

namespace Splade.AI.Tokenization;

/// <summary>Where the windows of a long text begin and end.</summary>
/// <remarks>
/// What is left of a text is shared out evenly over as few windows as can hold it, so that the last one is no small rest and few tokens are
/// read twice. A window then gives up some tokens at its end, and the next one begins a few tokens earlier, so that both are where a word
/// begins: a quarter each of what the window adds at most, and it still adds half of its share.
/// </remarks>
internal static class WindowPlan
{
    /// <summary>Neighbouring windows share this part of a window unless somebody says otherwise.</summary>
    private const int OverlapShare = 8;

    /// <summary>At each end a window gives up at most this part of the tokens that it adds, to end where a word does.</summary>
    private const int SlackShare = 4;

    /// <summary>How many tokens neighbouring windows share where nobody says.</summary>
    /// <param name="size">The most tokens of a window.</param>
    public static int DefaultOverlap(int size) => size / OverlapShare;

    /// <summary>Cuts a text into windows that together hold all of its tokens: a single one if they fit.</summary>
    /// <param name="tokens">How many tokens the text has.</param>
    /// <param name="size">The most tokens of a window, at least 1.</param>
    /// <param name="overlap">How many tokens neighbouring windows share at least: below <paramref name="size"/>.</param>
    /// <param name="beginsWord">Whether a token, not the first, begins a word.</param>
    public static List<TokenWindow> Cut(int tokens, int size, int overlap, Func<int, bool> beginsWord)
    {
        Debug.Assert(overlap >= 0 && overlap < size, "A window adds at least one token.");
        var windows = new List<TokenWindow>();
        int start = 0;
        while (tokens - start > size)
        {
            int added = Share(tokens - start - overlap, size - overlap);
            int slack = added / SlackShare;
            int end = FindWord(start + overlap + added, slack, beginsWord);
            windows.Add(new TokenWindow(start, end));
            start = FindWord(end - overlap, slack, beginsWord);
        }

        windows.Add(new TokenWindow(start, tokens));
        return windows;
    }

    /// <summary>An even share of some tokens, where a share has a bound.</summary>
    private static int Share(int tokens, int most)
    {
        int shares = CeilingOf(tokens, most);
        return CeilingOf(tokens, shares);
    }

    private static int CeilingOf(int dividend, int divisor) => (int)(((long)dividend + divisor - 1) / divisor);

    /// <summary>The last token up to a place, and not much before it, that begins a word; the place itself if there is none.</summary>
    private static int FindWord(int place, int slack, Func<int, bool> beginsWord)
    {
        for (int back = 0; back <= slack; back++)
        {
            if (beginsWord(place - back))
            {
                return place - back;
            }
        }

        return place;
    }
}
