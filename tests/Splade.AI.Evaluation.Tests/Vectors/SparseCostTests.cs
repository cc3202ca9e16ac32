
namespace Splade.AI.Evaluation.Tests.Vectors;

public sealed class SparseCostTests
{
    [Fact]
    public void Of_SmallSets_IsTheExpectedNumberOfProducts()
    {
        SparseVector[] queries = [new([0, 2], [1f, 1f], 4), new([2], [1f], 4)];
        SparseVector[] documents = [new([2, 3], [1f, 1f], 4), new([0], [1f], 4), new([], [], 4), new([1, 2, 3], [1f, 1f, 1f], 4)];

        // Position 0: 1/2 * 1/4; position 2: 2/2 * 2/4.
        Assert.Equal(new SparseCost(.125 + .5, 1.5, 1.5), SparseCost.Of(queries, documents));
    }

    [Fact]
    public void Of_GeneratedVectors_IsTheMeanOfSharedPositions()
    {
        var vectors = new GeneratedVectors(11);
        SparseVector[] queries = [.. Enumerable.Range(0, 30).Select(_ => vectors.Sparse(60, 9))];
        SparseVector[] documents = [.. Enumerable.Range(0, 80).Select(_ => vectors.Sparse(60, 20))];

        SparseCost cost = SparseCost.Of(queries, documents);

        Assert.Equal(queries.Average(q => documents.Average(d => q.Indices.ToArray().Intersect(d.Indices.ToArray()).Count())), cost.Flops, 1e-9);
        Assert.Equal(SparseStatistics.Of(documents).MeanActiveDimensions, cost.DocumentActiveDimensions, 1e-9);
    }

    [Fact]
    public void Of_HashedWords_CountsWhatIsMet()
    {
        SparseVector query = new([0, int.MaxValue - 1], [1, 1], int.MaxValue);
        SparseVector document = new([5, int.MaxValue - 1], [1, 1], int.MaxValue);
        Assert.Equal(new SparseCost(1, 2, 2), SparseCost.Of([query], [document]));
    }

    [Fact]
    public void Of_BadArguments_AreNamed()
    {
        SparseVector vector = new([0], [1f], 4);
        Assert.Throws<ArgumentException>("queries", () => SparseCost.Of([], [vector]));
        Assert.Throws<ArgumentException>("documents", () => SparseCost.Of([vector], []));
        Assert.Throws<ArgumentException>("queries", () => SparseCost.Of([new([0], [1f], 5)], [vector]));
    }
}
