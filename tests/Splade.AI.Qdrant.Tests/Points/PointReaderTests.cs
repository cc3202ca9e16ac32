using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Points;
using Splade.AI.Qdrant.Tests.TestDoubles;
using QdrantSparse = Qdrant.Client.Grpc.SparseVector;

namespace Splade.AI.Qdrant.Tests.Points;

public sealed class PointReaderTests
{
    private static readonly PointIds Ids = new(null);

    private readonly PointReader _sut = new(ScriptedGrpc.Schema, Ids);

    [Fact]
    public void Read_WhatWasWritten_IsTheRecord()
    {
        PointStruct point = Point();
        var vectors = new VectorsOutput { Vectors = new NamedVectorsOutput() };
        vectors.Vectors.Vectors["dense"] = new VectorOutput { Dense = point.Vectors.Vectors_.Vectors["dense"].Dense };

        // A server may give them in another order.
        vectors.Vectors.Vectors["sparse"] = new VectorOutput { Sparse = new QdrantSparse { Indices = { 7, 1 }, Values = { 0.5f, 1 } } };
        HybridRecord record = _sut.Read(point.Id, point.Payload, vectors, HybridRecordParts.All);
        Assert.Equal(("a", "a text"), (record.Id, record.Text));
        Assert.Equal(new SparseVector([1, 7], [1, 0.5f], 100), record.Sparse);
        Assert.Equal([3f, 4f], record.Dense.ToArray());
        Assert.Equal(2024, record.Metadata["year"].AsNumber());
    }

    [Fact]
    public void Read_PointOfAnotherRecord_IsRefused()
    {
        PointStruct point = Point();
        Assert.Contains("says that it is the record 'a'", Refused(PointIds.ToPoint(Ids.Of("b")), point.Payload).Message);
        Assert.Contains("says that it is the record 'a'", Refused(new PointId { Num = 7 }, point.Payload).Message);
        Assert.Contains("no 'id' in its payload", Refused(point.Id, []).Message);
    }

    [Fact]
    public void Read_DamagedPayload_SaysWhichRecord()
    {
        PointStruct point = Point();
        point.Payload["meta"] = new Value { StringValue = "{" };
        Assert.Contains("record 'a' cannot be read", Refused(point.Id, point.Payload).Message);
        point.Payload.Remove("meta");
        Assert.Contains("record 'a' cannot be read", Refused(point.Id, point.Payload).Message);
    }

    private static PointStruct Point() =>
        new PointWriter(ScriptedGrpc.Schema, tenant: null, Ids, int.MaxValue).Write([Records.Of("a", "a text", ("year", 2024))], "records", CancellationToken.None).Single();

    private FormatException Refused(PointId id, MapField<string, Value> payload) =>
        Assert.Throws<FormatException>(() => _sut.Read(id, payload, vectors: null, HybridRecordParts.Metadata));
}
