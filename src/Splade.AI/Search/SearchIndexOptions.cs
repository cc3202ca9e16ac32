namespace Splade.AI.Search;

/// <summary>How a <see cref="SparseIndex{TKey}"/> or a <see cref="DenseIndex{TKey}"/> works.</summary>
public sealed record SearchIndexOptions
{
    /// <summary>How many threads a search may take while it is the only one. Searches at the same time take one each.</summary>
    /// <value>The default is as many as there are processors.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int SearchThreads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(SearchThreads));
            field = value;
        }
    }
    = Environment.ProcessorCount;
}
