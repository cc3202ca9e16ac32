using Splade.AI.Hybrid;

namespace Splade.AI.Evaluation.Tuning;

/// <summary>Represents the fusion that suits a collection best, and its gain on queries that it was not chosen by. Immutable.</summary>
public sealed class FusionTuning
{
    internal FusionTuning(IReadOnlyList<TunedFusion> tried, IReadOnlyList<string> queryIds, CrossValidation heldOut, PairedComparison gain)
    {
        Tried = tried;
        QueryIds = queryIds;
        HeldOut = heldOut.Values;
        HeldOutFusions = heldOut.Fusions;
        FoldChoices = heldOut.Choices;
        Gain = gain;
    }

    /// <summary>Gets the fusion with the highest mean nDCG@10 on all queries: the one to use.</summary>
    /// <remarks>Its mean is flattered by the choice; <see cref="HeldOutMean"/> is what to expect on new queries.</remarks>
    public TunedFusion Best => Tried[0];

    /// <summary>Gets all fusions that were tried, the best on all queries first.</summary>
    public IReadOnlyList<TunedFusion> Tried { get; }

    /// <summary>Gets the methods that were not tried, since they do not fit the scores.</summary>
    /// <value>
    /// Empty, or <see cref="FusionMethod.TheoreticalMinMax"/>: a dense score is below -1, so it is no cosine, or a sparse one is below 0. With the
    /// minimum of your measure, <see cref="HybridFusion.TheoreticalMinMax"/> may still be tried by hand.
    /// </value>
    public IReadOnlyList<FusionMethod> LeftOut => [.. Enum.GetValues<FusionMethod>().Except(Tried.Select(tried => tried.Fusion.Method))];

    /// <summary>Gets the queries, in the order they were given.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>Gets the nDCG@10 of each query under the fusion that was best on the other folds.</summary>
    public IReadOnlyList<double> HeldOut { get; }

    /// <summary>Gets the fusion of each query that was best on the other folds.</summary>
    public IReadOnlyList<HybridFusion> HeldOutFusions { get; }

    /// <summary>Gets the fusion that each fold was measured with; where they differ much, the queries are too few to tell.</summary>
    public IReadOnlyList<HybridFusion> FoldChoices { get; }

    /// <summary>Gets the mean nDCG@10 of <see cref="HeldOut"/>.</summary>
    public double HeldOutMean => HeldOut.Average();

    /// <summary>Gets the gain of tuning over <see cref="HybridFusion.Default"/>, in nDCG@10 on held-out queries.</summary>
    public PairedComparison Gain { get; }
}
