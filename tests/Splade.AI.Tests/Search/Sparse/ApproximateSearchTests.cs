using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Sparse;

public sealed class ApproximateSearchTests
{
    private const int Dimensions = 500;

    [Fact]
    public void SearchApproximately_NothingSaved_IsTheExactSearch()
    {
        (SparseIndex<int> sut, SparseVector[] queries) = CreateSut();
        Assert.All(queries, query => Assert.Equal(sut.Search(query, 20), sut.SearchApproximately(query, new SparseApproximation(), 20)));
        Assert.All(queries, query => Assert.Equal(
            sut.Search(query, 20, key => key % 3 == 0),
            sut.SearchApproximately(query, new SparseApproximation { QueryTerms = Dimensions }, 20, key => key % 3 == 0)));
    }

    [Theory]
    [InlineData(null, 0.8f, 0.6)]
    [InlineData(30, 1f, 0.9)]
    [InlineData(20, 0.8f, 0.7)]
    public void SearchApproximately_SomeSaved_FindsMostOfTheBestWithExactScores(int? terms, float factor, double leastRecall)
    {
        (SparseIndex<int> sut, SparseVector[] queries) = CreateSut();
        var approximation = new SparseApproximation { QueryTerms = terms, BoundFactor = factor };
        double recall = queries.Average(query =>
        {
            IReadOnlyList<SearchHit<int>> found = sut.SearchApproximately(query, approximation, 10);
            Assert.Equal(found.OrderByDescending(hit => hit.Score), found);
            Assert.All(found, hit => Assert.Equal(sut.Score(hit.Key, query), hit.Score));
            return found.Intersect(sut.Search(query, 10)).Count() / 10.0;
        });
        Assert.InRange(recall, leastRecall, 1);
    }

    [Fact]
    public void SearchApproximately_NoTermThatFindsCandidates_FindsNothing()
    {
        var sut = new SparseIndex<int>();
        sut.Upsert(Enumerable.Range(0, 2000).Select(i => (i, new SparseVector([0], [1], 3))));
        var query = new SparseVector([0, 2], [1, 5], 3);
        Assert.Empty(sut.SearchApproximately(query, new SparseApproximation { QueryTerms = 1 }));
        Assert.Equal(10, sut.SearchApproximately(query, new SparseApproximation { QueryTerms = 2 }).Count);
    }

    [Fact]
    public void Approximation_BadNumbers_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseApproximation { QueryTerms = 0 });
        Assert.All(new[] { 0, -1, 1.01f, float.NaN }, factor => Assert.Throws<ArgumentOutOfRangeException>(() => new SparseApproximation { BoundFactor = factor }));
    }

    private static (SparseIndex<int> Index, SparseVector[] Queries) CreateSut()
    {
        var vectors = new GeneratedVectors(9);
        var index = new SparseIndex<int>(new SearchIndexOptions { SearchThreads = 1 });
        index.Upsert(Enumerable.Range(0, 5000).Select(i => (i, vectors.Sparse(Dimensions, 120))));
        return (index, [.. Enumerable.Range(0, 30).Select(_ => vectors.Sparse(Dimensions, 60)).Where(query => query.Count > 0)]);
    }
}
