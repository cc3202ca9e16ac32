namespace Splade.AI.Vectors.Similarity;

/// <summary>
/// A similarity that follows from the positions two vectors share and from one number of each: what makes it possible to compare many
/// with many without looking at the positions that only one of them has.
/// </summary>
/// <remarks>Implemented by empty structs, so that the compiler makes a loop of its own for each.</remarks>
internal interface ISimilarityKernel
{
    /// <summary>The number of one vector that <see cref="Finish"/> needs.</summary>
    static abstract double Measure(SparseVector vector);

    /// <summary>The sum over the shared positions so far, with one more. Called by ascending position.</summary>
    static abstract double Add(double sum, float left, float right);

    /// <summary>The similarity.</summary>
    /// <param name="shared">The sum over the shared positions.</param>
    /// <param name="left">The measure of one vector.</param>
    /// <param name="right">The measure of the other.</param>
    static abstract float Finish(double shared, double left, double right);
}
