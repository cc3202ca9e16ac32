using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests.Records;

public sealed class RecordCheckTests
{
    [PostgresFact]
    public async Task Upsert_TextsThatPostgresHasNot_AreRefusedWithTheId()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = TestStore.Plane);
        HybridRecord good = TestStore.Point("good", 1);
        foreach ((HybridRecord bad, string id, string problem) in new[]
        {
            (new HybridRecord("bad", "a\0b", good.Vectors), "bad", "U+0000 at position 1"), (new HybridRecord("bad", "\uD83C", good.Vectors), "bad", "half of a surrogate pair"),
            (new HybridRecord("bad", "ok 🌍 \uDF0D", good.Vectors), "bad", "position 6"), (new HybridRecord("b\0", "", good.Vectors), "b\\u0000", "the id"),
            (new HybridRecord("b\uDC00", "", good.Vectors), "b\\uDC00", "the id"), (new HybridRecord(new string('é', 1001), "", good.Vectors), "é", "2002 bytes"),
            (TestStore.Point("bad", 1, 0, new Dictionary<string, MetadataValue> { ["a\0"] = 1 }), "bad", "name of a field"),
            (TestStore.Point("bad", 1, 0, new Dictionary<string, MetadataValue> { ["f"] = new[] { "x", "\uD800y" } }), "bad", "'f'"),
        })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([good, bad]));
            Assert.Contains(id, error.Message, StringComparison.Ordinal);
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await sut.CountAsync());

        // Nobody has such an id, and no record such a value.
        Assert.Empty(await sut.GetAsync(["a\0", "\uD800"]));
        Assert.Equal(0, await sut.DeleteAsync(["a\0", "\uD800"]));
        Assert.Equal(0, await sut.CountAsync(MetadataFilter.Equal("f\0", "x") | MetadataFilter.In("f", "\uD800", "\0") | MetadataFilter.Exists("\0")));
        await Assert.ThrowsAsync<NotSupportedException>(() => sut.CountAsync(MetadataFilter.AtLeast("f", "\0")));
    }

    [PostgresFact]
    public async Task Upsert_SparseVectorsOfManyEntries_AreRefusedOrPrunedAndCounted()
    {
        var schema = new HybridSchema(VectorField.Sparse("s", 30_000));
        await using PostgresHybridStore exact = await TestStore.OpenAsync(o => o.Schema = schema);
        await exact.UpsertAsync([TestStore.Term("a", TestStore.Long(16_000, 30_000))]);
        Assert.Equal(16_000, (await exact.GetAsync("a"))!.Sparse.Count);
        Assert.Equal(16_000, exact.Features.MaxSparseCount);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => exact.UpsertAsync([TestStore.Term("b", TestStore.Long(16_001, 30_000))]));
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
        Assert.Contains("16001 entries", error.Message, StringComparison.Ordinal);

        await using PostgresHybridStore indexed = await TestStore.OpenAsync(o => (o.Schema, o.HnswVectors) = (schema, ["s"]));
        await indexed.UpsertAsync([TestStore.Term("a", TestStore.Long(1000, 30_000))]);
        Assert.Equal(1000, indexed.Features.MaxSparseCount);
        Assert.False(indexed.Features.ExactSparse);
        await Assert.ThrowsAsync<ArgumentException>(() => indexed.UpsertAsync([TestStore.Term("b", TestStore.Long(1001, 30_000))]));

        await using PostgresHybridStore pruning = await TestStore.OpenAsync(o => (o.Schema, o.HnswVectors, o.PruneOversized) = (schema, ["s"], true));
        await pruning.UpsertAsync([TestStore.Term("a", TestStore.Long(1001, 30_000)), TestStore.Term("b", TestStore.Long(5, 30_000))]);
        Assert.Equal(1, pruning.PrunedVectors);
        Assert.Equal(TestStore.Long(1001, 30_000).TopK(1000), (await pruning.GetAsync("a"))!.Sparse);
    }

    [PostgresFact]
    public async Task Upsert_TableWithAnIndexOfOthersOptions_KeepsToItsLimit()
    {
        var schema = new HybridSchema(VectorField.Sparse("s", 30_000));
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.Schema, o.HnswVectors) = (schema, ["s"]));
        await (await PostgresHybridStore.OpenAsync(options)).DisposeAsync();
        options.HnswVectors = [];
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([TestStore.Term("b", TestStore.Long(1001, 30_000))]));
    }

    [PostgresFact]
    public async Task Open_IndexOverLongerRows_IsRefusedByTheServer()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => o.Schema = new HybridSchema(VectorField.Sparse("s", 30_000)));
        await using PostgresHybridStore exact = await PostgresHybridStore.OpenAsync(options);
        await exact.UpsertAsync([TestStore.Term("a", TestStore.Long(1001, 30_000))]);
        options.HnswVectors = ["s"];
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(options));
        Assert.Equal("54000", error.Code);
        Assert.Contains("1,000 entries", error.Message, StringComparison.Ordinal);
    }
}
