namespace Splade.AI.Hybrid;

/// <summary>Specifies how two rankings become one. <see cref="HybridFusion"/> has the definitions.</summary>
public enum FusionMethod
{
    /// <summary>By ranks alone. The default.</summary>
    ReciprocalRank,

    /// <summary>By scores, each side stretched from its lowest to its highest.</summary>
    MinMax,

    /// <summary>By scores, each side stretched from the lowest that its measure can give to the highest that was found.</summary>
    TheoreticalMinMax,

    /// <summary>By scores, each side stretched over three standard deviations around its mean.</summary>
    DistributionBased,
}
