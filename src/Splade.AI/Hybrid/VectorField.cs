namespace Splade.AI.Hybrid;

/// <summary>Describes one of the vectors that the records of a store have: its name, its kind, its size, and how it is compared. Immutable.</summary>
public sealed record VectorField
{
    private const int LongestName = 48;

    private VectorField(string name, VectorKind kind, int? dimensions, SimilarityFunction similarity)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
        {
            throw new ArgumentException(
                $"Found the name '{name}', expected at most {LongestName} letters and digits of ASCII, '_' and '-': engines take no others alike.", nameof(name));
        }

        if (dimensions is int size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(dimensions));
        }

        (Name, Kind, Dimensions, Similarity) = (name, kind, dimensions, similarity);
    }

    /// <summary>Gets the name, unique in its schema; compared by ordinal.</summary>
    public string Name { get; }

    /// <summary>Gets what the vector is.</summary>
    public VectorKind Kind { get; }

    /// <summary>Gets the size of the vectors; null if it is not known before the first record.</summary>
    public int? Dimensions { get; }

    /// <summary>Gets how the vectors are compared; of sparse ones always the dot product.</summary>
    public SimilarityFunction Similarity { get; }

    /// <summary>Creates the description of a sparse vector.</summary>
    /// <param name="name">The name: at most 48 letters and digits of ASCII, <c>_</c> and <c>-</c>.</param>
    /// <param name="dimensions">The size, at least 1; null for that of the first record.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">The name is no such name, or the size is below 1.</exception>
    public static VectorField Sparse(string name, int? dimensions = null) => new(name, VectorKind.Sparse, dimensions, SimilarityFunction.Dot);

    /// <summary>Creates the description of a dense vector.</summary>
    /// <param name="name">The name: at most 48 letters and digits of ASCII, <c>_</c> and <c>-</c>.</param>
    /// <param name="dimensions">The size, at least 1; null for that of the first record. Remote engines have to know it.</param>
    /// <param name="similarity">How they are compared. The default is the cosine, under which a zero vector is refused.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">The name is no such name, the size is below 1, or dense vectors are not compared so.</exception>
    public static VectorField Dense(string name, int? dimensions = null, SimilarityFunction similarity = SimilarityFunction.Cosine) =>
        new(name, VectorKind.Dense, dimensions, Search.DenseSimilarity.Require(similarity, nameof(similarity)));

    /// <summary>Whether records made for one field fit the other; a size that is not known fits any.</summary>
    internal bool Fits(VectorField other) =>
        Name == other.Name && Kind == other.Kind && Similarity == other.Similarity && (Dimensions is null || other.Dimensions is null || Dimensions == other.Dimensions);
}
