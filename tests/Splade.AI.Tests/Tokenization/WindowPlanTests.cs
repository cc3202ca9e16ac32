using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Windows hold all tokens, share as many as they should, are long, and end with words, on generated sizes.</summary>
public sealed class WindowPlanTests
{
    [Fact]
    public void Cut_AnySizes_HoldsAllTokensAndSharesEnough()
    {
        var random = new Random(20260701);
        for (int round = 0; round < 5000; round++)
        {
            int size = random.Next(1, 100);
            int overlap = random.Next(size);
            int tokens = random.Next(1000);
            bool[] begins = [.. Enumerable.Range(0, tokens).Select(_ => random.Next(8) < round % 8)];
            List<TokenWindow> windows = WindowPlan.Cut(tokens, size, overlap, i => begins[i]);
            Assert.Equal((0, tokens), (windows[0].Start, windows[^1].End));
            Assert.All(windows, w => Assert.InRange(w.End - w.Start, 0, size));
            Assert.All(windows.Zip(windows.Skip(1)), pair =>
            {
                Assert.True(pair.First.Start < pair.Second.Start, $"{pair}");
                Assert.True(pair.First.End < pair.Second.End, $"{pair}");
                Assert.True(pair.Second.Start <= pair.First.End - overlap, $"{pair} share less than {overlap}");
            });
            AssertFewAndLong(windows, tokens, size, overlap);
        }
    }

    [Theory]
    [InlineData(0, 510, 63, new[] { 0, 0 })]
    [InlineData(510, 510, 63, new[] { 0, 510 })]
    [InlineData(511, 510, 63, new[] { 0, 287, 224, 511 })]
    [InlineData(600, 510, 63, new[] { 0, 332, 269, 600 })]
    [InlineData(1000, 510, 0, new[] { 0, 500, 500, 1000 })]
    [InlineData(9, 4, 3, new[] { 0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 5, 9 })]
    [InlineData(3, 1, 0, new[] { 0, 1, 1, 2, 2, 3 })]
    public void Cut_NoWords_EvensOut(int tokens, int size, int overlap, int[] expected) =>
        Assert.Equal(expected, WindowPlan.Cut(tokens, size, overlap, _ => false).SelectMany(w => (int[])[w.Start, w.End]));

    [Fact]
    public void Cut_Words_BeginsAndEndsWithThem()
    {
        // Words of seven tokens: a window that adds 28 or more may give up seven.
        List<TokenWindow> windows = WindowPlan.Cut(1000, 100, 20, i => i % 7 == 0);
        Assert.All(windows, w => Assert.Equal(0, w.Start % 7));
        Assert.All(windows.SkipLast(1), w => Assert.Equal(0, w.End % 7));
    }

    [Fact]
    public void Cut_WordLongerThanAQuarter_IsCut() =>
        Assert.Equal([new(0, 50), new(50, 100)], WindowPlan.Cut(100, 60, 0, i => i is 30 or 99));

    [Fact]
    public void DefaultOverlap_OfAnySize_IsBelowIt() =>
        Assert.All(Enumerable.Range(1, 600), size => Assert.InRange(WindowPlan.DefaultOverlap(size), 0, size - 1));

    private static void AssertFewAndLong(List<TokenWindow> windows, int tokens, int size, int overlap)
    {
        if (windows.Count == 1)
        {
            Assert.InRange(tokens, 0, size);
            return;
        }

        // An even share is at least half of what a window could add; a window gives up a quarter of it at its end, and another at its beginning.
        double fewest = Math.Ceiling((tokens - overlap) / (double)(size - overlap));
        Assert.InRange(windows.Count, fewest, (4 * fewest) + 1);
        Assert.All(windows, w => Assert.True(8 * (w.End - w.Start - overlap) >= 3 * (size - overlap), $"{w} of {size} with {overlap} shared"));
    }
}
