using System.Runtime.InteropServices;

namespace Splade.AI.Evaluation;

/// <summary>Represents the cost of a search by sparse vectors. Immutable.</summary>
/// <remarks>
/// FLOPS is the expected number of products in the score of a query and a document, <c>sum over j of p(j in query) * p(j in document)</c>,
/// with the probabilities that position j is active estimated by its shares of the queries and of the documents: B. Paria et al.,
/// "Minimizing FLOPs to Learn Efficient Sparse Representations", ICLR 2020, as used by T. Formal et al., "SPLADE", SIGIR 2021.
/// </remarks>
/// <param name="Flops">Expected products per pair of a query and a document.</param>
/// <param name="QueryActiveDimensions">The mean number of entries of a query.</param>
/// <param name="DocumentActiveDimensions">The mean number of entries of a document.</param>
public sealed record SparseCost(double Flops, double QueryActiveDimensions, double DocumentActiveDimensions)
{
    /// <summary>Counts the entries of vectors, which are read once and not kept.</summary>
    /// <exception cref="ArgumentException">
    /// There are no queries or no documents, a vector is null, or the vectors mix <see cref="SparseVector.Dimensions"/>.
    /// </exception>
    public static SparseCost Of(IEnumerable<SparseVector> queries, IEnumerable<SparseVector> documents)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(documents);
        (Dictionary<int, long> inQueries, int queryCount, int queryDimensions) = CountActive(queries, nameof(queries));
        (Dictionary<int, long> inDocuments, int documentCount, int documentDimensions) = CountActive(documents, nameof(documents));
        SameDimensions.Require(queryDimensions, documentDimensions, nameof(queries));
        double pairs = inQueries.Sum(query => (double)query.Value * inDocuments.GetValueOrDefault(query.Key));
        return new SparseCost(
            pairs / queryCount / documentCount, (double)inQueries.Values.Sum() / queryCount, (double)inDocuments.Values.Sum() / documentCount);
    }

    // By the dimensions that are met: a space that words are hashed into has more of them than an array may.
    private static (Dictionary<int, long> Active, int Vectors, int Dimensions) CountActive(IEnumerable<SparseVector> vectors, string parameter)
    {
        var active = new Dictionary<int, long>();
        int count = 0, dimensions = 0;
        foreach (SparseVector vector in vectors)
        {
            dimensions = SameDimensions.Require(vector, count++, dimensions, parameter);
            foreach (int index in vector.Indices)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(active, index, out _)++;
            }
        }

        return count > 0 ? (active, count, dimensions) : throw new ArgumentException("Found no vectors, expected at least one.", parameter);
    }
}
