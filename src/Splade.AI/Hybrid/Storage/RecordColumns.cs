using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Which vectors each record of a table has.</summary>
/// <param name="Sparse">How many sparse ones.</param>
/// <param name="Dense">Which dense ones.</param>
internal sealed record RecordColumns(int Sparse, IReadOnlyList<DenseColumn> Dense)
{
    /// <summary>What segments of such records are called; one sparse and one dense vector are those of a hybrid store.</summary>
    public string Name => Sparse == 1 && Dense.Count == 1 ? $"records {DenseSimilarity.NameInFiles(Dense[0].Similarity)}" : $"records {Sparse} {Dense.Count}";

    /// <summary>The columns of a hybrid store: those of each kind in the order of its schema.</summary>
    public static RecordColumns Of(HybridSchema schema) => new(
        schema.Vectors.Count(vector => vector.Kind == VectorKind.Sparse),
        [.. schema.Vectors.Where(vector => vector.Kind == VectorKind.Dense).Select(DenseColumn.Of)]);
}
