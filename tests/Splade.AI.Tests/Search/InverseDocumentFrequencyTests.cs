using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search;

/// <summary>Queries that are multiplied by the inverse document frequency of what an index holds, against counting and scoring every vector.</summary>
public sealed class InverseDocumentFrequencyTests
{
    private static readonly Dictionary<string, string> Space = new() { ["model"] = "words", ["idf"] = "store" };

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 16)]
    [InlineData(3, 80)]
    [InlineData(4, 1024)]
    public async Task Search_RandomWritesOverAllIntegers_EqualsCountingAndScoringEach(int seed, int tableRows)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        int[] common = CountedFrequencies.Common(random, 40);
        var model = new InsertionOrderedModel<int, SparseVector>();
        SparseIndex<int> sut = Open(folder.Path, tableRows);
        for (int step = 0; step < Trials.Of(30, slow: 600); step++)
        {
            if (step % 20 == 19)
            {
                await sut.ForceMergeAsync();
            }

            if (step % 15 == 14)
            {
                sut.Dispose();
                sut = Open(folder.Path, tableRows);
            }

            int[] removed = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(200))];
            (int, SparseVector)[] added =
                [.. Enumerable.Range(0, random.Next(20)).Select(_ => (random.Next(200), CountedFrequencies.Hashed(random, common, 12)))];
            Assert.Equal(model.Remove(removed), sut.Remove(removed));
            model.Upsert(added);
            sut.Upsert(added);
            Compare(model, sut, CountedFrequencies.Hashed(random, common, 12));
        }

        await sut.WhenMergedAsync();
        Assert.Empty(await sut.VerifyAsync());
        sut.Dispose();
    }

    [Fact]
    public async Task Search_BesideAWriter_CountsWhatItSearches()
    {
        // All vectors have the position, so hits say how many there are, and their scores how many were counted.
        const int Most = 90;
        var sut = new SparseIndex<int>(
            new SearchIndexOptions { SuppliesIdf = true }, new SegmentedTable<int, SparseVector>(new SparseSegments()) { TableRows = 8 });
        var query = new SparseVector([5], [1], 9);
        sut.Upsert(0, query);
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            do
            {
                IReadOnlyList<SearchHit<int>> hits = sut.Search(query, Most + 1);
                float expected = (float)Math.Log((hits.Count + 1) / (hits.Count + 0.5));
                Assert.All(hits, hit => Assert.Equal(expected, hit.Score));
            }
            while (!done.IsCancellationRequested);
        }))];
        var random = new Random(1);
        for (int write = 0; write < 400; write++)
        {
            int[] keys = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(1, Most))];
            if (random.Next(2) == 0)
            {
                sut.Upsert(keys.Select(key => (key, query)));
            }
            else
            {
                sut.Remove(keys);
            }
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        await sut.WhenMergedAsync();
    }

    [Fact]
    public void Open_FolderOfAnEncoderThatRequiresIt_SuppliesItAndRefusesOthers()
    {
        using var folder = new TemporaryFolder();
        SparseModelIdentity identity = new() { ModelName = "words", Dimensions = 9, RequiresIdf = true };
        using (SparseIndex<int> sut = SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = identity.ToEmbeddingSpace() }))
        {
            sut.Upsert([(1, new SparseVector([1, 2], [1, 1], 9)), (2, new SparseVector([2], [1], 9))]);
            Assert.True(sut.SuppliesIdf);
        }

        using (SparseIndex<int> sut = SparseIndex.Open<int>(folder.Path))
        {
            Assert.True(sut.SuppliesIdf);
            Assert.Equal((float)Math.Log(3 / 1.5), Assert.Single(sut.Search(new SparseVector([1], [1], 9))).Score);
            Assert.Equal((float)Math.Log(3 / 2.5), sut.Search(new SparseVector([2], [1], 9))[0].Score);
        }

        var other = new SearchIndexOptions { EmbeddingSpace = (identity with { RequiresIdf = false }).ToEmbeddingSpace() };
        var error = Assert.Throws<SearchStorageException>(() => SparseIndex.Open<int>(folder.Path, other));
        Assert.Contains("idf is 'store' in the folder, and not given now", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_NobodyAsksForIt_LeavesQueriesAsTheyAre()
    {
        var sut = new SparseIndex<int>();
        sut.Upsert(1, new SparseVector([1], [2], 9));
        Assert.False(sut.SuppliesIdf);
        Assert.Equal(2, Assert.Single(sut.Search(new SparseVector([1], [1], 9))).Score);
        Assert.Equal([(float)Math.Log(2 / 1.5), (float)Math.Log(2 / 0.5), (float)Math.Log(2 / 1.5)], sut.GetIdf([1, 0, 1]));
    }

    [Fact]
    public void Search_WeightsAtTheEndsOfFloats_StayWeights()
    {
        var sut = new SparseIndex<int>(new SearchIndexOptions { SuppliesIdf = true });
        sut.Upsert(Enumerable.Range(0, 2000).Select(key => (key, key == 7 ? new SparseVector([1, 2], [2, 1], 9) : new SparseVector([1], [1], 9))));
        Assert.Equal([new(7, 2 * float.Epsilon), new(0, float.Epsilon)], sut.Search(new SparseVector([1], [float.Epsilon], 9), 2));
        Assert.Equal([new(7, float.MaxValue)], sut.Search(new SparseVector([2], [float.MaxValue], 9)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1000, 3)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Of_Counts_IsTheFormula(long documents, long having) =>
        Assert.Equal(Math.Log(((documents - having + 0.5) / (having + 0.5)) + 1), InverseDocumentFrequency.Of(documents, having), 1e-12);

    private static SparseIndex<int> Open(string folder, int tableRows)
    {
        var options = new SearchIndexOptions { EmbeddingSpace = Space };
        var table = new SegmentedTable<int, SparseVector>(new SparseSegments()) { TableRows = tableRows };
        table.Open(folder, options, CancellationToken.None);
        return new SparseIndex<int>(options, table);
    }

    private static void Compare(InsertionOrderedModel<int, SparseVector> model, SparseIndex<int> sut, SparseVector query)
    {
        SparseVector[] vectors = [.. model.Entries.Select(entry => entry.Value)];
        SparseVector weighed = CountedFrequencies.Weigh(vectors, query);
        SearchHit<int>[] expected = [.. model.Entries
            .Select(entry => new SearchHit<int>(entry.Key, entry.Value.Dot(weighed)))
            .Where(hit => hit.Score > 0)
            .OrderByDescending(hit => hit.Score)];
        Assert.Equal(expected.Take(20), sut.Search(query, 20));
        Assert.Equal(expected.Where(hit => hit.Key % 3 != 0).Take(20), sut.Search(query, 20, key => key % 3 != 0));
        Assert.Equal(expected.Where(hit => hit.Score >= 3).Take(20), sut.Search(query, 20, minimumScore: 3));
        Assert.Equal(expected.Take(20), sut.SearchApproximately(query, new SparseApproximation { QueryTerms = 100 }, 20));
        Assert.All(expected.Take(3), hit => Assert.Equal(hit.Score, sut.Score(hit.Key, query)));
        int[] positions = [.. query.Indices, 12345];
        Assert.Equal(positions.Select(position => (float)CountedFrequencies.Idf(vectors, position)), sut.GetIdf(positions));
    }
}
