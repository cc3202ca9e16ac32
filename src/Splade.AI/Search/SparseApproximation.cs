namespace Splade.AI.Search;

/// <summary>Describes how a search may save time by not finding quite the best. Immutable.</summary>
/// <remarks>
/// The scores of what is found are exact; what is not found may have been better. <c>benchmarks</c> has measured recall. The two means are those
/// of Seismic, its query cut and its heap factor (Bruch, Nardini, Rulli, Venturini, "Efficient Inverted Indexes for Approximate Retrieval over
/// Learned Sparse Representations", SIGIR 2024).
/// </remarks>
public sealed record SparseApproximation
{
    /// <summary>Gets how many of the query's heaviest terms find candidates. Scores count all terms; what shares none of these is not found.</summary>
    /// <value>At least 1. The default is null: all.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? QueryTerms
    {
        get;
        init
        {
            if (value is int count)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(QueryTerms));
            }

            field = value;
        }
    }

    /// <summary>Gets what share of the upper bound of a vector's score has to reach the lowest score that is kept, for the vector to be scored.</summary>
    /// <remarks>With <see cref="QueryTerms"/> the bound is an estimate: the terms left out are taken to bring as much as they could, as the others did.</remarks>
    /// <value>Above 0, at most 1. The default is 1: without <see cref="QueryTerms"/> no vector that may be among the best is passed over.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 or above 1.</exception>
    public float BoundFactor
    {
        get;
        init
        {
            if (!(value is > 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(BoundFactor), value, $"Found {value}, expected a number above 0 and at most 1.");
            }

            field = value;
        }
    }
    = 1;
}
