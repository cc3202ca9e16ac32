using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Where the metadata of a record names the dense vectors that it does not have.</summary>
internal static class LackingVectors
{
    /// <summary>No property is stored under such a name.</summary>
    public const string Field = "\0lacking";

    /// <summary>Whether a record has a vector in a dense column.</summary>
    public static bool Has(StoredRecord row, VectorColumn column) =>
        row.Metadata.GetValueOrDefault(Field)?.AsList().Contains(column.Name) is not true;

    /// <summary>What records match that have a vector in a column.</summary>
    public static MetadataFilter Excluded(VectorColumn column) => MetadataFilter.Not(MetadataFilter.Equal(Field, column.Name));
}
