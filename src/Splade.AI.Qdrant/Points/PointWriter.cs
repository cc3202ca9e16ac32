using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;
using QdrantVectors = Qdrant.Client.Grpc.Vectors;

namespace Splade.AI.Qdrant.Points;

/// <summary>Records as points. Safe for concurrent use.</summary>
/// <param name="schema">The vectors, with their sizes.</param>
/// <param name="tenant">The tenant; null for none.</param>
/// <param name="ids">The ids of the points.</param>
/// <param name="maxBytes">How large a point may be.</param>
internal sealed class PointWriter(HybridSchema schema, string? tenant, PointIds ids, int maxBytes)
{
    /// <summary>Checks all records and makes points of them; of several with one id the last stays.</summary>
    /// <exception cref="ArgumentException">A record is null, does not fit the schema, or is too large.</exception>
    public List<PointStruct> Write(IEnumerable<HybridRecord> records, string parameter, CancellationToken cancellationToken)
    {
        var points = new OrderedDictionary<Guid, PointStruct>();
        foreach ((int place, HybridRecord record) in records.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record is null)
            {
                throw new ArgumentException($"The record at position {place} is null.", parameter);
            }

            try
            {
                Guid id = ids.Of(record.Id);
                points.Remove(id);
                points.Add(id, Write(id, record));
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                throw new ArgumentException($"Record '{record.Id}': {e.Message}", parameter, e);
            }
        }

        return [.. points.Values];
    }

    private PointStruct Write(Guid id, HybridRecord record)
    {
        var point = new PointStruct { Id = PointIds.ToPoint(id), Vectors = new QdrantVectors { Vectors_ = new NamedVectors() } };
        var lengths = new Struct();
        foreach ((string name, HybridVector vector) in record.Vectors)
        {
            VectorField field = schema.Require(name, vector);
            if (vector.Kind == VectorKind.Sparse)
            {
                point.Vectors.Vectors_.Vectors[name] = new Vector { Sparse = VectorCodec.Of(vector.Sparse) };
                continue;
            }

            (var dense, double? length) = VectorCodec.Of(vector.Dense.Span, field.Similarity);
            point.Vectors.Vectors_.Vectors[name] = new Vector { Dense = dense };
            if (length is double number)
            {
                lengths.Fields[name] = new Value { DoubleValue = number };
            }
        }

        point.Payload[PayloadNames.Id] = new Value { StringValue = record.Id };
        point.Payload[PayloadNames.Text] = new Value { StringValue = PayloadText.Require(record.Text, "its text") };
        point.Payload[PayloadNames.Metadata] = new Value { StringValue = MetadataPayload.Write(record.Metadata) };
        if (MetadataPayload.WriteForFilters(record.Metadata) is { } filters)
        {
            point.Payload[PayloadNames.Filters] = filters;
        }

        if (lengths.Fields.Count > 0)
        {
            point.Payload[PayloadNames.Lengths] = new Value { StructValue = lengths };
        }

        if (tenant is not null)
        {
            point.Payload[PayloadNames.Tenant] = new Value { StringValue = tenant };
        }

        int size = point.CalculateSize();
        return size <= maxBytes ? point : throw new ArgumentException(
            $"found {size} bytes, expected at most {maxBytes} ({nameof(QdrantHybridStoreOptions.MaxBatchBytes)}). Split the text, or raise the limit.");
    }
}
