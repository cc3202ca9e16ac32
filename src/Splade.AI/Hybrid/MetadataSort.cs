namespace Splade.AI.Hybrid;

/// <summary>By which field records are sorted.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Descending">Whether the highest value comes first.</param>
public readonly record struct MetadataSort(string Field, bool Descending = false);
