using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests.Records;

public sealed class RecordVectorsTests
{
    [PostgresFact]
    public async Task Upsert_NumbersOfAnySize_ComeBackBitForBit()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(
            o => o.Schema = new HybridSchema(VectorField.Sparse("s", 1_000_000_000), VectorField.Dense("d", 4, SimilarityFunction.Dot)));
        var sparse = new SparseVector([0, 7, 999_999_999], [float.Epsilon, 0.1f, 1e38f], 1_000_000_000);
        float[] dense = [-0f, float.Epsilon, 1 / 3f, -1e18f];
        await sut.UpsertAsync([new HybridRecord("a", "", new Dictionary<string, HybridVector> { ["s"] = sparse, ["d"] = dense }),
            new HybridRecord("b", "", new Dictionary<string, HybridVector> { ["s"] = new SparseVector([], [], 1_000_000_000) })]);
        HybridRecord found = (await sut.GetAsync("a"))!;
        Assert.Equal(sparse, found.Sparse);
        Assert.Equal(dense.Select(BitConverter.SingleToInt32Bits), found.Dense.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(0, (await sut.GetAsync("b"))!.Sparse.Count);
    }

    [PostgresFact]
    public async Task Search_SparseVectorsOfMoreDimensionsThanAColumn_AreOneVector()
    {
        var schema = new HybridSchema(VectorField.Sparse("s", int.MaxValue));
        using var embedded = EmbeddedHybridStore.CreateInMemory(schema);
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = schema);
        var random = new Random(1);
        int[] places = [.. Enumerable.Range(0, 30).Select(_ => random.Next()).Append(999_999_999).Append(1_000_000_000).Append(int.MaxValue - 1).Order()];
        HybridRecord[] records = [.. Enumerable.Range(0, 40).Select(i => TestStore.Term($"r{i}", Vector(places, random)))];
        await embedded.UpsertAsync(records);
        await sut.UpsertAsync(records);
        Assert.Equal(records[3].Sparse, (await sut.GetAsync("r3"))!.Sparse);
        var query = new HybridQuery { Legs = [new("s", Vector(places, random))], Top = 40 };
        Assert.Equal(
            (await embedded.SearchAsync(query)).Select(hit => (hit.Record.Id, MathF.Round(hit.Score, 4))),
            (await sut.SearchAsync(query)).Select(hit => (hit.Record.Id, MathF.Round(hit.Score, 4))));
        Assert.Equal(
            (await embedded.GetIdfAsync("s", places)).Select(factor => MathF.Round(factor, 4)), (await sut.GetIdfAsync("s", places)).Select(factor => MathF.Round(factor, 4)));
    }

    [PostgresFact]
    public async Task Upsert_HalfPrecision_KeepsElevenBitsAndRefusesMore()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.Schema, o.HalfPrecision, o.HnswVectors) = (TestStore.Plane, true, ["v"]));
        await sut.UpsertAsync([TestStore.Point("a", 1 / 3f, 2), TestStore.Point("b", 3, -1)]);
        Assert.False(sut.Features.KeepsVectorBits);
        Assert.Equal((float)(Half)(1 / 3f), (await sut.GetAsync("a"))!.Dense.Span[0]);
        Assert.Equal(["b", "a"], (await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 1f, 0f })] })).Select(hit => hit.Record.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([TestStore.Point("c", 70_000)]));
    }

    [PostgresFact]
    public async Task Upsert_DenseVectorsWhoseSquaresLeaveSinglePrecision_AreRefused()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => o.Schema = new HybridSchema(VectorField.Dense("v", 2)));
        await sut.UpsertAsync([TestStore.Point("a", 1e-15f), TestStore.Point("b", 1e15f)]);
        await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([TestStore.Point("c", 1e-25f)]));
        await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([TestStore.Point("c", 1e25f)]));
        Assert.All(await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 2f, 0f })] }), hit => Assert.Equal(1, hit.Score, 1e-6f));
    }

    private static SparseVector Vector(int[] places, Random random)
    {
        int[] some = [.. places.Where(_ => random.Next(3) == 0)];
        return new SparseVector(some, [.. some.Select(_ => 0.1f + random.NextSingle())], int.MaxValue);
    }
}
