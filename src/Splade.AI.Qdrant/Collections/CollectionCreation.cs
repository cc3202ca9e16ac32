using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;

namespace Splade.AI.Qdrant.Collections;

/// <summary>The requests that make a collection and its indexes.</summary>
internal static class CollectionCreation
{
    /// <exception cref="ArgumentException">The schema does not tell a size.</exception>
    public static CreateCollection Request(QdrantHybridStoreOptions options)
    {
        var request = new CreateCollection { CollectionName = options.CollectionName };
        foreach (VectorField field in options.Schema.Vectors)
        {
            int size = field.Dimensions ?? throw new ArgumentException(
                $"Found the vector '{field.Name}' without its size, expected one: a new collection has to know it. "
                + $"{nameof(HybridSchema)}.{nameof(HybridSchema.Of)} asks the generators; {nameof(VectorField)} takes it.",
                nameof(options));
            if (field.Kind == VectorKind.Sparse)
            {
                request.SparseVectorsConfig ??= new SparseVectorConfig();
                request.SparseVectorsConfig.Map[field.Name] = IsIdfRequired(options.Schema.Models, field.Name)
                    ? new SparseVectorParams { Modifier = Modifier.Idf }
                    : new SparseVectorParams();
            }
            else
            {
                request.VectorsConfig ??= new VectorsConfig { ParamsMap = new VectorParamsMap() };
                request.VectorsConfig.ParamsMap.Map[field.Name] = new VectorParams { Size = (ulong)size, Distance = Distance.Dot };
            }
        }

        if (options.ShardNumber is int shards)
        {
            request.ShardNumber = (uint)shards;
        }

        if (options.ShardKey is not null)
        {
            request.ShardingMethod = ShardingMethod.Custom;
        }

        if (options.ReplicationFactor is int replicas)
        {
            request.ReplicationFactor = (uint)replicas;
        }

        if (options.WriteConsistencyFactor is int writes)
        {
            request.WriteConsistencyFactor = (uint)writes;
        }

        request.QuantizationConfig = options.Quantization?.Clone();
        new CollectionMetadata(options.Schema, options.Schema.Models, options.Tenant is not null).WriteTo(request.Metadata);
        options.ConfigureCollection?.Invoke(request);
        return request;
    }

    /// <summary>The indexes that the options ask for, by their paths.</summary>
    public static IReadOnlyDictionary<string, PayloadIndexParams> Indexes(QdrantHybridStoreOptions options)
    {
        var indexes = new Dictionary<string, PayloadIndexParams>(StringComparer.Ordinal);
        if (options.Tenant is not null)
        {
            indexes[PayloadNames.Tenant] = new PayloadIndexParams { KeywordIndexParams = new KeywordIndexParams { IsTenant = true } };
        }

        foreach (QdrantPayloadIndex index in options.Indexes)
        {
            // Whether a field is there at all is asked of this one.
            indexes[PayloadNames.FieldsPath] = new PayloadIndexParams { KeywordIndexParams = new KeywordIndexParams() };
            indexes[PayloadNames.PathOf(index.Field, index.Kind)] = index.Kind switch
            {
                MetadataKind.Text => new PayloadIndexParams { KeywordIndexParams = new KeywordIndexParams() },
                MetadataKind.Number => new PayloadIndexParams { FloatIndexParams = new FloatIndexParams() },
                MetadataKind.Boolean => new PayloadIndexParams { BoolIndexParams = new BoolIndexParams() },
                _ => new PayloadIndexParams { DatetimeIndexParams = new DatetimeIndexParams() },
            };
        }

        return indexes;
    }

    public static FieldType TypeOf(PayloadIndexParams index) => index.IndexParamsCase switch
    {
        PayloadIndexParams.IndexParamsOneofCase.KeywordIndexParams => FieldType.Keyword,
        PayloadIndexParams.IndexParamsOneofCase.FloatIndexParams => FieldType.Float,
        PayloadIndexParams.IndexParamsOneofCase.BoolIndexParams => FieldType.Bool,
        _ => FieldType.Datetime,
    };

    public static bool IsIdfRequired(HybridModels models, string vector) => models.Sparse.GetValueOrDefault(vector)?.RequiresIdf is true;
}
