using Qdrant.Client.Grpc;
using Splade.AI.Qdrant.Payload;
using Splade.AI.VectorFormats;

namespace Splade.AI.Qdrant.Points;

/// <summary>The ids of points, which Qdrant wants as numbers or UUIDs: those of <see cref="QdrantPointId"/>, of each tenant others.</summary>
/// <param name="tenant">The tenant; null for none.</param>
internal sealed class PointIds(string? tenant)
{
    private readonly string? _tenant = tenant is null ? null : PayloadText.Require(tenant, "the tenant");

    /// <exception cref="ArgumentException">The id is not valid UTF-16: two such could become one.</exception>
    public Guid Of(string id) => QdrantPointId.Of(PayloadText.Require(id, "the id"), _tenant);

    public static PointId ToPoint(Guid id) => new() { Uuid = id.ToString() };

    /// <summary>The id of a point; null if it is no UUID, and so not ours.</summary>
    public static Guid? Find(PointId id) => Guid.TryParse(id.Uuid, out Guid found) ? found : null;
}
