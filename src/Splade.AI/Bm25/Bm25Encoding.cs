using Splade.AI.Explanation;

namespace Splade.AI.Bm25;

/// <summary>What BM25 made of a text.</summary>
/// <param name="Vector">The weights of its terms.</param>
/// <param name="Length">How many terms it has, repetitions included.</param>
internal readonly record struct Bm25Encoding(SparseVector Vector, int Length)
{
    /// <summary>The weights multiplied by the inverse document frequency, as a store does it to a query. What comes to 0 is left out.</summary>
    /// <exception cref="ArgumentException">A frequency is below 0, infinite or not a number.</exception>
    public Bm25Encoding WithIdf(Func<int, double> idf) => this with { Vector = QueryIdf.Multiply(Vector, idf) };
}
