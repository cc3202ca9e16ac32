using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant;

/// <summary>Describes a field of metadata that Qdrant keeps an index of, so that filters on it are quick.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Kind">What its values are, or the items of its lists; not <see cref="MetadataKind.List"/>. A field of several kinds has an index for each.</param>
public readonly record struct QdrantPayloadIndex(string Field, MetadataKind Kind);
