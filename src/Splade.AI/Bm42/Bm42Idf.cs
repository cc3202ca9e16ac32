using Splade.AI.Bm25;
using Splade.AI.Explanation;

namespace Splade.AI.Bm42;

/// <summary>Multiplies the terms of an explained query by the inverse document frequency, as a store does it.</summary>
internal static class Bm42Idf
{
    /// <exception cref="ArgumentException">A frequency is below 0, infinite or not a number.</exception>
    public static TextExplanation Multiply(TextExplanation query, Func<int, double> idf)
    {
        SparseVector vector = new Bm25Encoding(query.Vector, query.TokenCount).WithIdf(idf).Vector;
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
}
