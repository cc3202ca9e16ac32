using Splade.AI.Search.Segments;

namespace Splade.AI.Tests.Search.Segments;

/// <summary>The plan alone, over sizes that nobody has to build.</summary>
public sealed class MergePlanTests
{
    private const int Smallest = 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_BatchesOfAnySizes_KeepsSegmentsFewAndCopiesRowsFewTimes(int seed)
    {
        var random = new Random(seed);
        Func<int, int>[] sequences =
        [
            i => i % 2 == 0 ? 1_100 : 9_300,
            i => Smallest << (i % 5),
            i => Smallest << (4 - (i % 5)),
            i => Smallest << Math.Min(10, int.TrailingZeroCount(i + 1)),
            i => i % 8 == 7 ? 100_000 : 1_024,
            _ => 1_024,
            _ => random.Next(1, 2_000),
            _ => random.Next(1_000, 20_000),
            _ => (int)Math.Exp(random.NextDouble() * 12),
            i => 2_000_000 / (1 + (i % 300)),
            i => 1_000 + (30 * i),
        ];
        Assert.All(sequences, next => Simulate(next, batches: 2_000));
    }

    [Fact]
    public void Find_SegmentsThatTogetherHoldTooMuch_LeavesThem()
    {
        SegmentSize[] sizes = [.. Enumerable.Repeat(new SegmentSize(1_000_000, 1_000_000, 0.2), 60)];
        Assert.Null(MergePlan.Find(sizes, Smallest));
        Assert.Equal((52, 8), MergePlan.Find([.. sizes[..52], .. Enumerable.Repeat(new SegmentSize(1_000_000, 1_000_000, 0.125), 8)], Smallest));
        Assert.Equal((3, 1), MergePlan.Find([.. sizes[..3], new SegmentSize(100, 49, 0.9), .. sizes[..3]], Smallest));
    }

    [Fact]
    public void FindAll_FullSegments_MakesAsFewAsHoldAll()
    {
        SegmentSize half = new(10, 10, 0.5), full = new(10, 10, 1), less = new(10, 9, 1), few = new(1, 1, 0);
        Assert.Empty(MergePlan.FindAll([]));
        Assert.Empty(MergePlan.FindAll([half]));
        Assert.Equal([(0, 2)], MergePlan.FindAll([half, half, half]));
        Assert.Equal([(0, 2), (2, 2)], MergePlan.FindAll([half, half, half, half]));
        Assert.Equal([(0, 3), (3, 1)], MergePlan.FindAll([few, full, few, less, half]));
        Assert.Equal([(1, 5)], MergePlan.FindAll([full, half, few, few, few, few, full]));
    }

    private static void Simulate(Func<int, int> next, int batches)
    {
        var sizes = new List<SegmentSize>();
        long put = 0, copied = 0;
        for (int i = 0; i < batches; i++)
        {
            int rows = next(i);
            put += rows;
            sizes.Add(new SegmentSize(rows, rows, Fill: 0));
            while (MergePlan.Find(sizes, Smallest) is (int first, int count))
            {
                Assert.True(count > 1, "A segment that lacks nothing is made anew.");
                int merged = sizes.Skip(first).Take(count).Sum(size => size.Rows);
                copied += merged;
                sizes.RemoveRange(first, count);
                sizes.Insert(first, new SegmentSize(merged, merged, Fill: 0));
            }

            Assert.InRange(sizes.Count, 1, MergePlan.MostSegments);
        }

        Assert.Equal(put, sizes.Sum(size => (long)size.Rows));
        Assert.InRange((double)copied / put, 0, 2 + (1.5 * Math.Log((double)put / Smallest, 8)));
    }
}
