namespace Splade.AI.ModelFiles.Catalog;

/// <summary>Describes what a model must be for <see cref="ModelCatalog.Recommend"/>.</summary>
public sealed record ModelNeed
{
    /// <summary>Gets what the recommendations are ordered by.</summary>
    /// <value>The default is <see cref="ModelGoal.Quality"/>.</value>
    public ModelGoal Goal { get; init; }

    /// <summary>Gets a value indicating whether queries must be encoded without a neural network, by a look-up of their tokens.</summary>
    /// <value>The default is false: both kinds are recommended.</value>
    public bool InferenceFreeQueries { get; init; }

    /// <summary>Gets the most parameters that the model may have. Models of unknown size are left out if this is set.</summary>
    /// <value>The default is null: any number.</value>
    public long? MaxParameters { get; init; }

    /// <summary>Gets a value indicating whether models may be recommended that must not be used commercially, or of which that is not known.</summary>
    /// <value>The default is false.</value>
    public bool AllowNonCommercial { get; init; }

    /// <summary>Gets a value indicating whether models may be recommended whose architecture is custom code, which exporters run only if told to.</summary>
    /// <value>The default is false.</value>
    public bool AllowCustomCode { get; init; }
}
