using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;
using Splade.Testing.Stores;

namespace Splade.AI.Postgres.Tests.Searching;

public sealed class TableSearchTests
{
    [PostgresFact]
    public async Task Search_HnswAndARareFilter_FindsAllThatMatch()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.HnswVectors, o.EfSearch) = (["splade", "meaning"], 40));
        HybridRecord[] records = StoreRecords.Make(600);
        for (int i = 0; i < records.Length; i += 75)
        {
            records[i] = new HybridRecord(records[i].Id, "", records[i].Vectors, new Dictionary<string, MetadataValue> { ["rare"] = true });
        }

        await sut.UpsertAsync(records);
        HybridQueryLeg[] legs = StoreRecords.Query(new Random(3));
        Assert.Equal(8, (await sut.SearchAsync(new HybridQuery { Legs = [legs[2]], Filter = MetadataFilter.Equal("rare", true) })).Count);
        Assert.False(sut.Features.ExactDense);

        // More than are looked at by default, and the legs of both kinds of search at once.
        Assert.Equal(200, (await sut.SearchAsync(new HybridQuery { Legs = [legs[2]], Top = 200 })).Count);
        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(new HybridQuery { Legs = legs, Top = 20 });
        Assert.Equal(["splade", "words", "meaning"], hits[0].Fusion!.Sides.Select(side => side.Name));
        Assert.All(hits, hit => Assert.All(hit.Fusion!.Sides, side => Assert.NotNull(side.Score)));
    }

    [PostgresFact]
    public async Task Search_HnswWithoutIterativeScan_IsWhatPgvectorDoes()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.HnswVectors, o.EfSearch, o.IterativeScan) = (["meaning"], 10, PostgresIterativeScan.Off));
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        await sut.UpsertAsync(StoreRecords.Make(400));
        await TestServer.ExecuteAsync($"analyze \"splade tests\".{options.TableName}");
        HybridQueryLeg leg = StoreRecords.Query(new Random(3))[2];
        Assert.InRange((await sut.SearchAsync(new HybridQuery { Legs = [leg], Top = 10, Filter = MetadataFilter.Equal("tags", "t1") })).Count, 0, 10);
        Assert.Equal(30, (await sut.SearchAsync(new HybridQuery { Legs = [leg], Top = 30 })).Count);
    }

    [PostgresFact]
    public async Task Search_FusedInTheDatabase_RanksAsFusedHere()
    {
        PostgresHybridStoreOptions options = TestStore.Options();
        await using PostgresHybridStore here = await PostgresHybridStore.OpenAsync(options);
        options.FuseInDatabase = true;
        await using PostgresHybridStore there = await PostgresHybridStore.OpenAsync(options);
        await here.UpsertAsync(StoreRecords.Make(300));
        var random = new Random(6);
        foreach (HybridFusion fusion in new[] { HybridFusion.Default, HybridFusion.ReciprocalRank(5, sparseWeight: 3, denseWeight: 0), HybridFusion.ReciprocalRank(0, 0, 2) })
        {
            HybridQueryLeg[] legs = StoreRecords.Query(random);
            var query = new HybridQuery { Legs = [legs[0] with { Weight = 0.25f }, legs[1], legs[2]], Fusion = fusion, Candidates = 30, Filter = MetadataFilter.Exists("lang"), Top = 20 };
            IReadOnlyList<HybridHit> expected = await here.SearchAsync(query), found = await there.SearchAsync(query);
            Assert.Equal(expected.Select(hit => hit.Score), found.Select(hit => hit.Score), (x, y) => Math.Abs(x - y) < 1e-7);
            Assert.All(found, hit => Assert.Null(hit.Fusion));
            Assert.Equal(expected.Single(hit => hit.Record.Id == found[0].Record.Id).Sparse?.Rank, found[0].Sparse?.Rank);
            Assert.Equal(expected.Single(hit => hit.Record.Id == found[0].Record.Id).Dense?.Rank, found[0].Dense?.Rank);
        }

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => there.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(random), Fusion = HybridFusion.MinMax() }));
        Assert.Contains("MinMax", error.Message, StringComparison.Ordinal);
        Assert.NotNull((await there.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(random)[..1], Fusion = HybridFusion.MinMax() }))[0].Fusion);
    }

    [PostgresFact]
    public async Task Search_EqualScores_ComeByInsertionAndShareTheirRank()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = TestStore.Plane);
        await sut.UpsertAsync(new[] { "c", "a", "b", "d" }.Select(id => TestStore.Point(id, 1)));
        await sut.UpsertAsync([TestStore.Point("a", 1), TestStore.Point("e", 2)]);
        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 1f, 0f })] });
        Assert.Equal(["e", "c", "b", "d", "a"], hits.Select(hit => hit.Record.Id));
        Assert.Equal([1, 2, 2, 2, 2], hits.Select(hit => hit.Dense!.Value.Rank));
        Assert.True(BitConverter.SingleToInt32Bits((await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 0f, 1f })] }))[0].Score) == 0);
    }

    [PostgresFact]
    public async Task Search_LargeWeights_StayFinite()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = new HybridSchema(VectorField.Sparse("s", 9)));
        await sut.UpsertAsync([TestStore.Term("a", new SparseVector([1], [3e38f], 9)), TestStore.Term("b", new SparseVector([2], [1], 9))]);
        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(new HybridQuery { Legs = [new("s", new SparseVector([1], [3e38f], 9))] });
        Assert.Equal(float.MaxValue, Assert.Single(hits).Score);
    }
}
