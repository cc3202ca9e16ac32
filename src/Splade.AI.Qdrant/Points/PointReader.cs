using System.Text.Json;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;

namespace Splade.AI.Qdrant.Points;

/// <summary>Points as records. Safe for concurrent use.</summary>
/// <param name="schema">The vectors, with their sizes.</param>
/// <param name="ids">The ids of the points.</param>
internal sealed class PointReader(HybridSchema schema, PointIds ids)
{
    private readonly bool _hasLengths = schema.Vectors.Any(vector => vector is { Kind: VectorKind.Dense, Similarity: SimilarityFunction.Cosine });

    /// <summary>What of the payload is read.</summary>
    public WithPayloadSelector PayloadOf(HybridRecordParts parts)
    {
        var fields = new PayloadIncludeSelector { Fields = { PayloadNames.Id } };
        Add(parts.HasFlag(HybridRecordParts.Text), PayloadNames.Text);
        Add(parts.HasFlag(HybridRecordParts.Metadata), PayloadNames.Metadata);
        Add(parts.HasFlag(HybridRecordParts.Dense) && _hasLengths, PayloadNames.Lengths);
        return new WithPayloadSelector { Include = fields };

        void Add(bool isWanted, string name)
        {
            if (isWanted)
            {
                fields.Fields.Add(name);
            }
        }
    }

    /// <summary>Which vectors are read.</summary>
    public WithVectorsSelector VectorsOf(HybridRecordParts parts)
    {
        string[] names = [.. schema.Vectors.Where(vector => parts.HasFlag(PartOf(vector.Kind))).Select(vector => vector.Name)];
        return names.Length == 0 ? new WithVectorsSelector { Enable = false } : new WithVectorsSelector { Include = new VectorsSelector { Names = { names } } };
    }

    /// <summary>A record of what was read of its point.</summary>
    /// <exception cref="FormatException">The point is not one of this store, or not of its id; or it is damaged.</exception>
    public HybridRecord Read(PointId point, MapField<string, Value> payload, VectorsOutput? vectors, HybridRecordParts parts)
    {
        string id = payload.GetValueOrDefault(PayloadNames.Id)?.StringValue is { Length: > 0 } known
            ? known
            : throw new FormatException($"the point {point} has no '{PayloadNames.Id}' in its payload, so it is not a record of this store. Take it out.");
        if (PointIds.Find(point) != ids.Of(id))
        {
            throw new FormatException($"the point {point} says that it is the record '{id}', whose point is {ids.Of(id)}. Take it out.");
        }

        try
        {
            return new HybridRecord(
                id,
                parts.HasFlag(HybridRecordParts.Text) ? payload[PayloadNames.Text].StringValue : string.Empty,
                Read(vectors, payload.GetValueOrDefault(PayloadNames.Lengths)?.StructValue?.Fields, parts),
                parts.HasFlag(HybridRecordParts.Metadata) ? MetadataPayload.Read(payload[PayloadNames.Metadata].StringValue) : null,
                parts);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or KeyNotFoundException or OverflowException)
        {
            throw new FormatException($"the record '{id}' cannot be read: {e.Message} Put it in again.", e);
        }
    }

    private OrderedDictionary<string, HybridVector> Read(VectorsOutput? vectors, MapField<string, Value>? lengths, HybridRecordParts parts)
    {
        var found = new OrderedDictionary<string, HybridVector>(schema.Vectors.Count, StringComparer.Ordinal);
        foreach (VectorField field in schema.Vectors.Where(field => parts.HasFlag(PartOf(field.Kind))))
        {
            if (vectors?.Vectors?.Vectors.TryGetValue(field.Name, out VectorOutput? vector) is true)
            {
                found[field.Name] = field.Kind == VectorKind.Sparse
                    ? VectorCodec.Read(VectorsOnWire.Sparse(vector), field.Dimensions!.Value)
                    : VectorCodec.Read(VectorsOnWire.Dense(vector), lengths?.GetValueOrDefault(field.Name)?.DoubleValue);
            }
        }

        return found;
    }

    private static HybridRecordParts PartOf(VectorKind kind) => kind == VectorKind.Sparse ? HybridRecordParts.Sparse : HybridRecordParts.Dense;
}
