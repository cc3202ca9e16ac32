using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Lexical;

/// <summary>Words, and pairs of characters where Chinese, Japanese or Korean is written.</summary>
internal static class CjkBigrams
{
    private const int PairsBetweenLooks = 4096;

    /// <summary>Adds where they stand.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes them.</param>
    /// <param name="cancellationToken">Observed every few thousand characters.</param>
    public static void Cut(string text, List<TokenOffset> words, CancellationToken cancellationToken)
    {
        var runs = new List<TokenOffset>();
        WordRuns.Cut(text, runs, cancellationToken);
        foreach (TokenOffset run in runs)
        {
            for (int start = run.Start; start < run.End;)
            {
                bool isCjk = IsCjk(ScalarAt(text, start).Value);
                int end = EndOfScript(text, start, run.End, isCjk);
                if (isCjk)
                {
                    AddPairs(text, start, end, words, cancellationToken);
                }
                else
                {
                    words.Add(new TokenOffset(start, end));
                }

                start = end;
            }
        }
    }

    /// <summary>Whether a character is of the scripts Han, Hiragana, Katakana or Hangul, signs that repeat or lengthen others included.</summary>
    public static bool IsCjk(int scalar) => scalar is
        (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3021 and <= 0x303B)
        or (>= 0x3041 and <= 0x30FF) or (>= 0x3131 and <= 0x318E) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97C) or (>= 0xAC00 and <= 0xD7FB) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF66 and <= 0xFFDC) or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);

    private static void AddPairs(string text, int start, int end, List<TokenOffset> words, CancellationToken cancellationToken)
    {
        int second = start + ScalarAt(text, start).Utf16SequenceLength;
        if (second == end)
        {
            words.Add(new TokenOffset(start, end));
        }

        for (int first = start; second < end;)
        {
            if (words.Count % PairsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int next = second + ScalarAt(text, second).Utf16SequenceLength;
            words.Add(new TokenOffset(first, next));
            (first, second) = (second, next);
        }
    }

    private static int EndOfScript(string text, int start, int end, bool isCjk)
    {
        int at = start;
        while (at < end && ScalarAt(text, at) is Rune scalar && IsCjk(scalar.Value) == isCjk)
        {
            at += scalar.Utf16SequenceLength;
        }

        return at;
    }

    // Runs have whole characters only.
    private static Rune ScalarAt(string text, int at) => Rune.GetRuneAt(text, at);
}
