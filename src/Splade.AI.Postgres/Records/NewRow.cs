using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Filters;

namespace Splade.AI.Postgres.Records;

/// <summary>A record as it is sent.</summary>
/// <param name="Id">The id.</param>
/// <param name="Text">The text.</param>
/// <param name="Metadata">The metadata as it is given back, JSON.</param>
/// <param name="Filter">The metadata as filters look at it, JSON.</param>
/// <param name="Vectors">The vectors in the order of the schema; null for those that it lacks.</param>
internal sealed record NewRow(string Id, string Text, string Metadata, string Filter, HybridVector?[] Vectors)
{
    private static readonly JsonTypeInfo<IReadOnlyDictionary<string, MetadataValue>> Json =
        (JsonTypeInfo<IReadOnlyDictionary<string, MetadataValue>>)SpladeJsonUtilities.CompactOptions.GetTypeInfo(typeof(IReadOnlyDictionary<string, MetadataValue>));

    /// <summary>About how many bytes are sent for it.</summary>
    public long Bytes { get; } = Encoding.UTF8.GetByteCount(Text) + Metadata.Length + Filter.Length
        + Vectors.Sum(vector => vector is null ? 0L : vector.Kind == VectorKind.Sparse ? 8L * vector.Sparse.Count : 4L * vector.Dense.Length);

    public static NewRow Of(HybridRecord record, HybridVector?[] vectors) => record.Metadata.Count == 0
        ? new NewRow(record.Id, record.Text, "{}", "{}", vectors)
        : new NewRow(record.Id, record.Text, JsonSerializer.Serialize(record.Metadata, Json), FilterColumn.Of(record.Metadata), vectors);

    /// <summary>The metadata that was kept.</summary>
    public static IReadOnlyDictionary<string, MetadataValue>? Parse(string metadata) => metadata == "{}" ? null : JsonSerializer.Deserialize(metadata, Json);
}
