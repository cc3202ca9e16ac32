using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

[Collection(RunsAlone.Name)]
public class EmbeddedHybridStoreTests
{
    private const int Terms = 10;

    private static readonly HybridQuery Both = new() { Sparse = Sparse(1, 1), Dense = new[] { 1f, 0 } };

    [Fact]
    public async Task SearchAsync_Hybrid_TellsBothPlacesOfEveryHit()
    {
        EmbeddedHybridStore sut = await CreateSut(
            new HybridRecord("words", "w", Sparse(1, 3), new[] { 0f, 1 }),
            new HybridRecord("both", "b", Sparse(1, 2), new[] { 1f, 1 }),
            new HybridRecord("meaning", "m", Sparse(2, 9), new[] { 1f, 0 }));

        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(Both);

        Assert.Equal(["words", "both", "meaning"], hits.Select(hit => hit.Record.Id));
        Assert.Equal([1, 2, 3], hits.Select(hit => hit.Rank));
        Assert.Equal([(float)(1 / 61d + 1 / 63d), (float)(2 / 62d), (float)(1 / 61d)], hits.Select(hit => hit.Score));
        Assert.Equal([new RankedScore(1, 3), new RankedScore(2, 2), null], hits.Select(hit => hit.Sparse));
        Assert.Equal([3, 2, 1], hits.Select(hit => hit.Dense?.Rank));
        Assert.Equal(.70710678f, hits[1].Dense!.Value.Score, 1e-6f);
    }

    [Fact]
    public async Task SearchAsync_RandomRecords_EqualsTheIndexesAndTheFusion()
    {
        var vectors = new GeneratedVectors(3);
        HybridRecord[] records = [.. Enumerable.Range(0, 300).Select(i => new HybridRecord($"r{i}", "t", vectors.Sparse(50, 10), vectors.Dense(9)))];
        EmbeddedHybridStore sut = await CreateSut(records);
        var sparse = new SparseIndex<string>();
        var dense = new DenseIndex<string>();
        sparse.Upsert(records.Select(record => (record.Id, record.Sparse)));
        dense.Upsert(records.Select(record => (record.Id, record.Dense)));
        for (int i = 0; i < 20; i++)
        {
            var query = new HybridQuery { Sparse = vectors.Sparse(50, 10), Dense = vectors.Dense(9), Top = 15, Candidates = 40 };

            IReadOnlyList<HybridHit> hits = await sut.SearchAsync(query);

            // Some records have equal scores, and share their ranks.
            SearchHit<string>[] bySparse = [.. sparse.Search(query.Sparse, 300)], byDense = [.. dense.Search(query.Dense.Value, 300)];
            SearchHit<string>[] sparseHits = [.. bySparse.Where(hit => Rank(bySparse, hit.Key) <= 40)];
            Assert.Equal(
                HybridFusion.FuseHits([sparseHits, byDense[..40]]).Take(15),
                hits.Select(hit => new SearchHit<string>(hit.Record.Id, hit.Score)));
            Assert.All(hits, hit => Assert.Equal(Place(bySparse, hit.Record.Id), hit.Sparse is { } place ? place with { IsShared = false } : null));
            Assert.All(hits, hit => Assert.Equal(Place(byDense, hit.Record.Id), hit.Dense));
        }
    }

    [Fact]
    public async Task SearchAsync_OneSide_GivesItsScoresOnly()
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2), Record("b", 3));

        IReadOnlyList<HybridHit> sparse = await sut.SearchAsync(new HybridQuery { Sparse = Sparse(1, 1), Mode = SearchMode.Sparse });
        IReadOnlyList<HybridHit> dense = await sut.SearchAsync(new HybridQuery { Dense = new[] { 2f, 0 }, Mode = SearchMode.Dense, Top = 1 });

        Assert.Equal([("b", 3f), ("a", 2f)], sparse.Select(hit => (hit.Record.Id, hit.Score)));
        Assert.Equal(new RankedScore(2, 2), sparse[1].Sparse);
        Assert.Null(sparse[1].Dense);
        HybridHit only = Assert.Single(dense);
        Assert.Equal(("a", 1), (only.Record.Id, only.Rank));
        Assert.Equal(1 / MathF.Sqrt(1.04f), only.Score, 1e-6f);
        Assert.Equal(new RankedScore(1, only.Score), only.Dense);
        Assert.Null(only.Sparse);
    }

    [Fact]
    public async Task SearchAsync_SparseQueryWithoutEntries_RanksByDenseAlone()
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2), Record("b", 3));
        var query = new HybridQuery { Sparse = new SparseVector([], [], Terms), Dense = new[] { 1f, 0 } };

        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(query);

        Assert.Equal([("a", (float)(1 / 61d)), ("b", (float)(1 / 62d))], hits.Select(hit => (hit.Record.Id, hit.Score)));
        Assert.All(hits, hit => Assert.Null(hit.Sparse));
    }

    [Fact]
    public async Task SearchAsync_DepthBelowTop_StillFillsTheTop()
    {
        EmbeddedHybridStore sut = await CreateSut([.. Enumerable.Range(1, 20).Select(i => Record($"{i}", i))]);

        Assert.Equal(15, (await sut.SearchAsync(new HybridQuery { Sparse = Both.Sparse, Dense = Both.Dense, Top = 15, Candidates = 1 })).Count);
    }

    [Fact]
    public async Task SearchAsync_EmptyStore_FindsNothing() => Assert.Empty(await EmbeddedHybridStore.CreateInMemory().SearchAsync(Both));

    [Theory]
    [InlineData(SearchMode.Hybrid, true, false)]
    [InlineData(SearchMode.Hybrid, false, true)]
    [InlineData(SearchMode.Sparse, false, true)]
    [InlineData(SearchMode.Dense, true, false)]
    public async Task SearchAsync_MissingVector_IsRefused(SearchMode mode, bool hasSparse, bool hasDense)
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2));
        var query = new HybridQuery { Mode = mode, Sparse = hasSparse ? Both.Sparse : null, Dense = hasDense ? Both.Dense : null };

        await Assert.ThrowsAsync<ArgumentException>("query", () => sut.SearchAsync(query));
    }

    [Fact]
    public async Task UpsertAsync_SameId_ReplacesTextAndBothVectors()
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2), Record("b", 3));

        var metadata = new Dictionary<string, MetadataValue> { ["file"] = "x" };
        await sut.UpsertAsync([new HybridRecord("a", "new", Sparse(2, 1), new[] { 0f, 1 }, metadata)]);

        HybridRecord record = (await sut.GetAsync("a"))!;
        Assert.Equal("new", record.Text);
        Assert.Equal("x", record.Metadata["file"]);
        Assert.Equal([0f, 1f], record.Dense.ToArray());
        Assert.Equal(2, await sut.CountAsync());
        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(Both);
        Assert.Equal(["b", "a"], hits.Select(hit => hit.Record.Id));
        Assert.Null(hits[1].Sparse);
    }

    [Fact]
    public async Task UpsertAsync_CallerChangesItsDataLater_KeepsItsOwn()
    {
        float[] dense = [3, 4];
        var metadata = new Dictionary<string, MetadataValue> { ["file"] = "x" };
        EmbeddedHybridStore sut = await CreateSut(new HybridRecord("a", "t", Sparse(1, 1), dense, metadata));
        dense[0] = 0;
        metadata["file"] = "y";

        HybridRecord record = (await sut.GetAsync("a"))!;
        Assert.Equal([3f, 4f], record.Dense.ToArray());
        Assert.Equal("x", record.Metadata["file"]);
    }

    [Fact]
    public async Task UpsertAsync_OneBadRecord_PutsNoneIn()
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2));
        HybridRecord otherSparse = new("s", "t", new SparseVector([1], [1f], Terms + 1), new[] { 1f, 0 });
        HybridRecord otherDense = new("d", "t", Sparse(1, 1), new[] { 1f, 0, 0 });
        HybridRecord zeroDense = new("z", "t", Sparse(1, 1), new[] { 0f, 0 });

        foreach (HybridRecord? bad in new[] { otherSparse, otherDense, zeroDense, null })
        {
            await Assert.ThrowsAsync<ArgumentException>("records", () => sut.UpsertAsync([Record("good", 1), bad!]));
        }

        Assert.Equal(1, await sut.CountAsync());
        Assert.Null(await sut.GetAsync("good"));
    }

    [Fact]
    public async Task DeleteAsync_SomeIds_CountsThoseThatWereThere()
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2), Record("b", 3));

        Assert.Equal(1, await sut.DeleteAsync(["a", "a", "never"]));

        Assert.Null(await sut.GetAsync("a"));
        Assert.Equal("b", Assert.Single(await sut.SearchAsync(Both)).Record.Id);
        Assert.Equal(1, await sut.CountAsync());
    }

    [Fact]
    public async Task SearchAsync_DuringUpserts_SeesWholeRecordsAndBatches()
    {
        const int Records = 50;
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory(SimilarityFunction.Dot);
        Task Write(int generation) => sut.UpsertAsync(Enumerable.Range(0, Records)
            .Select(i => new HybridRecord($"{i}", $"{generation}", Sparse(1, generation), new float[] { generation, 0 })));
        await Write(1);
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(ReadAsync))];
        for (int generation = 2; generation <= 50; generation++)
        {
            await Write(generation);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);

        async Task ReadAsync()
        {
            do
            {
                IReadOnlyList<HybridHit> hits = await sut.SearchAsync(new HybridQuery { Sparse = Both.Sparse, Dense = Both.Dense, Top = Records });
                Assert.Equal(Records, hits.Count);
                string text = hits[0].Record.Text;
                Assert.DoesNotContain(hits, hit => hit.Record.Text != text || $"{hit.Sparse?.Score}" != text || $"{hit.Dense?.Score}" != text);
                await Task.Delay(1);
            }
            while (!done.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task Members_InvalidArguments_NameTheParameter()
    {
        EmbeddedHybridStore sut = await CreateSut();

        await Assert.ThrowsAsync<ArgumentNullException>("records", () => sut.UpsertAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("ids", () => sut.DeleteAsync((IEnumerable<string>)null!));
        Assert.Contains("position 1", (await Assert.ThrowsAsync<ArgumentException>("ids", () => sut.DeleteAsync(["a", null!]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>("query", () => sut.SearchAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("id", () => sut.GetAsync((string)null!));
        Assert.Throws<ArgumentOutOfRangeException>("Top", () => new HybridQuery { Top = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Candidates", () => new HybridQuery { Candidates = 0 });
        Assert.Throws<ArgumentException>("id", () => new HybridRecord("", "t", Sparse(1, 1), new[] { 1f }));
        Assert.Throws<ArgumentNullException>("text", () => new HybridRecord("a", null!, Sparse(1, 1), new[] { 1f }));
        Assert.Throws<ArgumentNullException>("sparse", () => new HybridRecord("a", "t", null!, new[] { 1f }));
    }

    [Fact]
    public async Task Members_CancelledToken_ThrowAndChangeNothing()
    {
        EmbeddedHybridStore sut = await CreateSut(Record("a", 2));
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.UpsertAsync([Record("b", 2)], models: null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.DeleteAsync(["a"], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.SearchAsync(Both, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.GetAsync("a", HybridRecordParts.All, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.CountAsync(filter: null, cancelled));
        Assert.Equal(1, await sut.CountAsync());
    }

    private static async Task<EmbeddedHybridStore> CreateSut(params HybridRecord[] records)
    {
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory();
        await sut.UpsertAsync(records);
        return sut;
    }

    private static HybridRecord Record(string id, float weight) => new(id, $"text {id}", Sparse(1, weight), new[] { 1f, weight / 10 });

    private static SparseVector Sparse(int index, float weight) => new([index], [weight], Terms);

    private static int? Rank(SearchHit<string>[] hits, string key) =>
        Array.FindIndex(hits, hit => hit.Key == key) is int at and >= 0 ? 1 + hits.Count(hit => hit.Score > hits[at].Score) : null;

    private static RankedScore? Place(SearchHit<string>[] hits, string key) =>
        Rank(hits, key) is int rank and <= 40 ? new RankedScore(rank, hits.Single(hit => hit.Key == key).Score) : null;
}
