namespace Splade.AI;

/// <summary>Provides the options of a call to an <see cref="IReranker"/>.</summary>
public sealed class RerankOptions
{
    /// <summary>Gets or sets how many results are wanted, the best. All texts are scored in any case.</summary>
    /// <value>At least 1. The default is null: all.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Top));
            field = value;
        }
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public RerankOptions Clone() => (RerankOptions)MemberwiseClone();
}
