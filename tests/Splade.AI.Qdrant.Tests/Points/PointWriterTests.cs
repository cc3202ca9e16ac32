using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Points;
using Splade.AI.Qdrant.Tests.TestDoubles;

namespace Splade.AI.Qdrant.Tests.Points;

public sealed class PointWriterTests
{
    private static readonly HybridSchema Schema = new(VectorField.Sparse("sparse", 100), VectorField.Dense("dense", 2), VectorField.Dense("dot", 2, SimilarityFunction.Dot));

    private readonly PointWriter _sut = new(Schema, tenant: null, new PointIds(null), maxBytes: 2_000);

    [Fact]
    public void Write_CosineVector_HasLengthOneAndItsOwnBeside()
    {
        PointStruct point = Assert.Single(Write(Records.Of("a")));
        Assert.Equal([0.6f, 0.8f], point.Vectors.Vectors_.Vectors["dense"].Dense.Data);
        Assert.Equal(5, point.Payload["len"].StructValue.Fields["dense"].DoubleValue);
    }

    [Fact]
    public void Write_VectorsOfLengthOneAndOfTheDotProduct_AreLeftAsTheyAre()
    {
        var record = new HybridRecord("a", "t", new Dictionary<string, HybridVector> { ["dense"] = new float[] { 0.6f, 0.8f }, ["dot"] = new float[] { 3, 4 } });
        PointStruct point = Assert.Single(Write(record));
        Assert.Equal([0.6f, 0.8f], point.Vectors.Vectors_.Vectors["dense"].Dense.Data);
        Assert.Equal([3, 4], point.Vectors.Vectors_.Vectors["dot"].Dense.Data);
        Assert.False(point.Payload.ContainsKey("len"));
    }

    [Fact]
    public void Write_SparseVectors_HaveTheirIndicesAndNoOthers()
    {
        PointStruct point = Assert.Single(Write(Records.Of("a")));
        Assert.Equal([1u, 7u], point.Vectors.Vectors_.Vectors["sparse"].Sparse.Indices);
        Assert.Equal([1, 0.5f], point.Vectors.Vectors_.Vectors["sparse"].Sparse.Values);
    }

    [Fact]
    public void Write_Metadata_IsKeptAndSortedByKinds()
    {
        PointStruct point = Assert.Single(Write(Records.Of("a", "t", ("year", 2024), ("a.b", "x"), ("list", MetadataValue.FromList(["1", 1, true])))));
        Assert.Equal("""{"year":2024,"a.b":"x","list":["1",1,true]}""", point.Payload["meta"].StringValue);
        var filters = point.Payload["m"].StructValue.Fields;
        Assert.Equal(2024, filters["number"].StructValue.Fields["year"].ListValue.Values.Single().DoubleValue);
        Assert.Equal("x", filters["text"].StructValue.Fields["a_x002E_b"].ListValue.Values.Single().StringValue);
        Assert.Equal("1", filters["text"].StructValue.Fields["list"].ListValue.Values.Single().StringValue);
        Assert.True(filters["boolean"].StructValue.Fields["list"].ListValue.Values.Single().BoolValue);
        Assert.Equal(["year", "a.b", "list"], filters["names"].ListValue.Values.Select(name => name.StringValue));
    }

    [Fact]
    public void Write_SeveralOfOneId_LeavesTheLast()
    {
        List<PointStruct> points = Write(Records.Of("a", "first"), Records.Of("b"), Records.Of("a", "last"));
        Assert.Equal(["b", "a"], points.Select(point => point.Payload["id"].StringValue));
        Assert.Equal("last", points[1].Payload["text"].StringValue);
    }

    // Over the wire it would become another character.
    [Fact]
    public void Write_HalfASurrogatePair_IsRefusedByTheRecordsId()
    {
        foreach (string text in new[] { "half a pair \ud83c", "\udf0d half a pair", "\ud83c\ud83c\udf0d" })
        {
            Assert.Contains("Record 'bad'", Assert.Throws<ArgumentException>(() => Write(Records.Of("a"), Records.Of("bad", text))).Message);
            Assert.Contains("Record 'bad'", Assert.Throws<ArgumentException>(() => Write(Records.Of("bad", "t", ("x", text)))).Message);
            Assert.Contains("Record 'bad'", Assert.Throws<ArgumentException>(() => Write(Records.Of("bad", "t", (text, "x")))).Message);
        }
    }

    [Fact]
    public void Write_RecordOverTheLimit_IsRefusedByItsId()
    {
        var error = Assert.Throws<ArgumentException>(() => Write(Records.Of("a"), Records.Of("large", new string('x', 3_000))));
        Assert.Contains("Record 'large'", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxBatchBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ZeroVectorUnderTheCosine_IsRefused() => Assert.Contains(
        "only zeros", Assert.Throws<ArgumentException>(() => Write(new HybridRecord("a", "t", new Dictionary<string, HybridVector> { ["dense"] = new float[2] }))).Message);

    [Fact]
    public void Cut_Points_AreWithinTheLimitsAndInOrder()
    {
        List<PointStruct> points = Write([.. Enumerable.Range(0, 50).Select(i => Records.Of($"{i}", new string('x', i * 20)))]);
        IReadOnlyList<PointStruct>[] batches = [.. PointBatches.Cut(points, 2_000, maxCount: null)];
        Assert.Equal(points, batches.SelectMany(batch => batch));
        Assert.All(batches, batch => Assert.InRange(new UpsertPoints { Points = { batch } }.CalculateSize(), 1, 2_000));
        Assert.True(batches.Length < 30);
        Assert.All(PointBatches.Cut(points, int.MaxValue, maxCount: 7), batch => Assert.InRange(batch.Count, 1, 7));
    }

    private List<PointStruct> Write(params HybridRecord[] records) => _sut.Write(records, "records", CancellationToken.None);
}
