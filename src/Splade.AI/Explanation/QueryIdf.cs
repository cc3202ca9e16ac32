namespace Splade.AI.Explanation;

/// <summary>Multiplies queries by the inverse document frequency, as a store does it. What comes to 0 is left out.</summary>
internal static class QueryIdf
{
    /// <exception cref="ArgumentException">A frequency is below 0, infinite or not a number.</exception>
    public static SparseVector Multiply(SparseVector query, Func<int, double> idf)
    {
        var indices = new List<int>(query.Count);
        var values = new List<float>(query.Count);
        for (int i = 0; i < query.Count; i++)
        {
            double frequency = idf(query.Indices[i]);
            if (frequency is not (>= 0 and <= float.MaxValue))
            {
                throw new ArgumentException(
                    $"The inverse document frequency of dimension {query.Indices[i]} is {frequency}, expected a finite number that is not below 0.",
                    nameof(idf));
            }

            float weight = SinglePrecision.Sum((float)(query.Values[i] * frequency));
            if (weight > 0)
            {
                indices.Add(query.Indices[i]);
                values.Add(weight);
            }
        }

        return SparseVector.Own([.. indices], [.. values], query.Dimensions);
    }

    /// <summary>A query all of whose terms are explained, and stand in it.</summary>
    /// <exception cref="ArgumentException">A frequency is below 0, infinite or not a number.</exception>
    public static TextExplanation Multiply(TextExplanation query, Func<int, double> idf)
    {
        SparseVector vector = Multiply(query.Vector, idf);
        return query with
        {
            Vector = vector,
            Mass = vector.Mass,
            LiteralShare = vector.Count > 0 ? 1 : 0,
            Terms =
            [
                .. query.Terms.Where(t => vector[t.Id] > 0)
                    .Select(t => t with { Weight = vector[t.Id], Share = vector[t.Id] / vector.Mass })
                    .OrderByDescending(t => t.Weight).ThenBy(t => t.Id),
            ],
        };
    }

    /// <summary>Refuses a frequency for an encoder whose weights have it.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void RequireNone(Func<int, double>? idf, string model)
    {
        if (idf is not null)
        {
            throw new ArgumentException(
                $"An inverse document frequency was given, but the weights of '{model}' need none, and no store multiplies by it. Leave it null.", nameof(idf));
        }
    }
}
