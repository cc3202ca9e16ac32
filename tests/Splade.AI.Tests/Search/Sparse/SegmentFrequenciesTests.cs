using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search.Sparse;

public sealed class SegmentFrequenciesTests
{
    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 70_000)]
    public void Count_RowsTakenOut_AreThoseOfTheStateThatAsks(int seed, int rows)
    {
        // Position 0 is in most rows, so in blocks; the last one in hardly any.
        var random = new Random(seed);
        SparseVector[] vectors = [.. Enumerable.Range(0, rows).Select(_ => Vector(random))];
        using SparseSegment segment = SegmentBuilder.Build(vectors, 50);
        var states = new List<RowSet> { RowSet.Empty };
        while (states.Count < 6)
        {
            states.Add(states[^1].With([.. Enumerable.Range(0, rows / 20).Select(_ => random.Next(rows))]));
        }

        int[] positions = [0, 1, 3, 20, 48, 49];
        foreach (RowSet removed in new[] { 0, 2, 5, 1, 0, 4, 3, 5 }.Select(i => states[i]))
        {
            long[] having = new long[positions.Length];
            int filled = segment.Frequencies.Count(positions, removed, having);
            SparseVector[] live = [.. vectors.Where((_, row) => !removed.Contains(row))];
            Assert.Equal(live.Count(vector => vector.Count > 0), filled);
            Assert.Equal(positions.Select(position => (long)live.Count(vector => vector[position] > 0)), having);
        }
    }

    [Fact]
    public void Except_SetsThatShareRows_GivesTheOthers()
    {
        RowSet few = RowSet.Empty.With([1, 70, 5000]);
        RowSet more = few.With([2, 71, 4999, 9000]);
        Assert.Equal([2, 71, 4999, 9000], more.Except(few));
        Assert.Empty(few.Except(more));
        Assert.Equal([1, 70, 5000], few.Except(RowSet.Empty));
    }

    private static SparseVector Vector(Random random)
    {
        int[] indices = [.. Enumerable.Range(0, 48).Where(position => random.Next(100) < (position == 0 ? 80 : 40 / (position + 1)))];
        return new SparseVector(indices, [.. indices.Select(_ => 1f)], 50);
    }
}
