namespace Splade.AI;

/// <summary>A vector in a file, with the name it has there.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Id">What the vector belongs to, for example a document's id; null if the file does not say.</param>
public readonly record struct SavedVector(SparseVector Vector, string? Id = null);
