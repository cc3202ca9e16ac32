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
        (long[] inQueries, int queryCount) = CountActive(queries, nameof(queries));
        (long[] inDocuments, int documentCount) = CountActive(documents, nameof(documents));
        SameDimensions.Require(inQueries.Length, inDocuments.Length, nameof(queries));
        double pairs = inQueries.Zip(inDocuments, (query, document) => (double)query * document).Sum();
        return new SparseCost(
            pairs / queryCount / documentCount, (double)inQueries.Sum() / queryCount, (double)inDocuments.Sum() / documentCount);
    }

    private static (long[] Active, int Vectors) CountActive(IEnumerable<SparseVector> vectors, string parameter)
    {
        long[] active = [];
        int count = 0;
        foreach (SparseVector vector in vectors)
        {
            SameDimensions.Require(vector, count, active.Length, parameter);
            active = count++ == 0 ? new long[vector.Dimensions] : active;
            foreach (int index in vector.Indices)
            {
                active[index]++;
            }
        }

        return count > 0 ? (active, count) : throw new ArgumentException("Found no vectors, expected at least one.", parameter);
    }
}
