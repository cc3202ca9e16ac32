namespace Splade.SemanticKernel.VectorData;

/// <summary>The model that the vectors of a column come from, in words.</summary>
/// <param name="Named">What it is called, and what its vectors depend on: all that is known of it by name.</param>
/// <param name="Hashed">The same with the hash of its contents in place of the name; null where that is not known.</param>
internal sealed record ColumnModel(string Named, string? Hashed)
{
    public static string NamedKey(VectorColumn column) => $"model of {column.Name}";

    public static string HashedKey(VectorColumn column) => $"model hash of {column.Name}";
}
