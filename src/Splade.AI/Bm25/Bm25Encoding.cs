namespace Splade.AI.Bm25;

/// <summary>What BM25 made of a text.</summary>
/// <param name="Vector">The weights of its terms.</param>
/// <param name="Length">How many terms it has, repetitions included.</param>
internal readonly record struct Bm25Encoding(SparseVector Vector, int Length)
{
    /// <summary>The weights multiplied by the inverse document frequency, as a store does it to a query. What comes to 0 is left out.</summary>
    /// <exception cref="ArgumentException">A frequency is below 0, infinite or not a number.</exception>
    public Bm25Encoding WithIdf(Func<int, double> idf)
    {
        var indices = new List<int>(Vector.Count);
        var values = new List<float>(Vector.Count);
        for (int i = 0; i < Vector.Count; i++)
        {
            double frequency = idf(Vector.Indices[i]);
            if (frequency is not (>= 0 and <= float.MaxValue))
            {
                throw new ArgumentException(
                    $"The inverse document frequency of dimension {Vector.Indices[i]} is {frequency}, expected a finite number that is not below 0.",
                    nameof(idf));
            }

            float weight = SinglePrecision.Sum((float)(Vector.Values[i] * frequency));
            if (weight > 0)
            {
                indices.Add(Vector.Indices[i]);
                values.Add(weight);
            }
        }

        return new Bm25Encoding(SparseVector.Own([.. indices], [.. values], Vector.Dimensions), Length);
    }
}
