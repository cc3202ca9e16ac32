using System.Globalization;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>Describes how the rankings of the legs of a hybrid search become one: a method and its weights. Immutable.</summary>
/// <remarks>
/// <para>
/// The methods by score bring all legs to a common unit, <c>(score - low) / (high - low)</c>, and add them up by weight. They differ
/// in what is low and high. A hit that some legs did not return is scored there too where whoever holds the vectors can do so,
/// as the embedded store can; a score that is not known adds 0, and so does a leg that returned nothing.
/// </para>
/// <para>
/// A leg counts by the weight of its kind here, times its own (<see cref="HybridLeg.Weight"/>). So a search by one sparse and one dense vector is weighed
/// by the two numbers here, and of several legs each can be.
/// </para>
/// <para>
/// No fused score depends on which of equal scores was put in earlier: <see cref="HybridCandidates{TKey}"/> says how they share a rank. Only the order
/// of equal fused scores does.
/// </para>
/// <para>Sums are taken in double precision and rounded to single. Thread-safe.</para>
/// </remarks>
public sealed partial record HybridFusion
{
    /// <summary>Neither side is known to be the better one.</summary>
    private const float EvenWeight = .5f;

    /// <summary>The lowest cosine there is.</summary>
    private const float LowestCosine = -1;

    private HybridFusion()
    {
    }

    /// <summary>Gets the fusion by <see cref="ReciprocalRank"/> with k = 60 and equal weights: it needs no knowledge of the scores.</summary>
    public static HybridFusion Default { get; } = ReciprocalRank();

    /// <summary>Gets the method.</summary>
    public FusionMethod Method { get; private init; }

    /// <summary>Gets the weight of each sparse leg; one of weight 0 gives no candidates.</summary>
    public float SparseWeight { get; private init; } = 1;

    /// <summary>Gets the weight of each dense leg; one of weight 0 gives no candidates.</summary>
    public float DenseWeight { get; private init; } = 1;

    /// <summary>Gets the constant of <see cref="FusionMethod.ReciprocalRank"/>; the other methods do not use it.</summary>
    public int K { get; private init; } = DefaultK;

    /// <summary>Gets the lowest score of the dense side's measure, for <see cref="FusionMethod.TheoreticalMinMax"/>.</summary>
    public float DenseMinimum { get; private init; } = LowestCosine;

    /// <summary>Gets the method and its parameters in a few words, for example <c>reciprocal rank fusion (k = 60)</c>.</summary>
    public string Description => Method switch
    {
        FusionMethod.ReciprocalRank when SparseWeight == 1 && DenseWeight == 1 => $"reciprocal rank fusion (k = {K})",
        FusionMethod.ReciprocalRank => $"reciprocal rank fusion (k = {K}, {Weights})",
        FusionMethod.MinMax => $"min-max fusion ({Weights})",
        FusionMethod.TheoreticalMinMax => $"theoretical min-max fusion ({Weights})",
        _ => $"distribution-based fusion ({Weights})",
    };

    private string Weights => string.Create(CultureInfo.InvariantCulture, $"sparse {SparseWeight:0.####}, dense {DenseWeight:0.####}");

    /// <summary>
    /// Sums <c>weight / (k + rank)</c> over the sides that returned a hit, with ranks from 1 of which equal scores share one:
    /// <see cref="FuseRankings"/>.
    /// </summary>
    /// <param name="k">How far the first ranks are flattened, at least 0. The default is that of the paper, 60.</param>
    /// <param name="sparseWeight">Finite and at least 0.</param>
    /// <param name="denseWeight">Finite and at least 0, and so is the sum of both.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public static HybridFusion ReciprocalRank(int k = DefaultK, float sparseWeight = 1, float denseWeight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var fusion = new HybridFusion
        {
            Method = FusionMethod.ReciprocalRank,
            K = k,
            SparseWeight = InRange(sparseWeight, float.MaxValue, nameof(sparseWeight)),
            DenseWeight = InRange(denseWeight, float.MaxValue, nameof(denseWeight)),
        };
        return RankingWeights.IsFiniteSum([sparseWeight, denseWeight]) ? fusion : throw new ArgumentOutOfRangeException(
            nameof(denseWeight), denseWeight, "Expected weights whose sum is finite. Only their ratio counts: divide both by the larger one.");
    }

    /// <summary>Low and high are the lowest and the highest score of a side among all candidates, of whichever side they are.</summary>
    /// <param name="sparseWeight">The weight of the sparse side, from 0 to 1; the dense side has the rest. The default is 0.5.</param>
    /// <remarks>
    /// The convex combination of S. Bruch, S. Gai, A. Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023
    /// (arXiv 2210.11934), with min-max scaling. Where all scores of a side are equal, each becomes 1.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The weight is outside of its range.</exception>
    public static HybridFusion MinMax(float sparseWeight = EvenWeight) => Weighted(FusionMethod.MinMax, sparseWeight);

    /// <summary>High is the highest score of a side among all candidates; low is the lowest that its measure has: 0 for SPLADE's.</summary>
    /// <param name="sparseWeight">The weight of the sparse side, from 0 to 1; the dense side has the rest. The default is 0.5.</param>
    /// <param name="denseMinimum">The lowest score of the dense side's measure, finite. The default is the cosine's, -1.</param>
    /// <remarks>
    /// The same paper, under the name TMM: a poor list of candidates is not stretched as if its last one were worth nothing. The cosines
    /// of most models lie close together and far above -1, so that with equal weights the sparse side decides nearly alone: tune the
    /// weight. Where nothing scores above the low, each becomes 0. A score below the low is refused when it is met: with the dot product of vectors
    /// whose length is not 1 there is no such minimum, and <see cref="MinMax"/> or <see cref="DistributionBased"/> fit.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public static HybridFusion TheoreticalMinMax(float sparseWeight = EvenWeight, float denseMinimum = LowestCosine) =>
        float.IsFinite(denseMinimum)
            ? Weighted(FusionMethod.TheoreticalMinMax, sparseWeight) with { DenseMinimum = denseMinimum }
            : throw new ArgumentOutOfRangeException(nameof(denseMinimum), denseMinimum, "Expected a finite number.");

    /// <summary>Low and high are three standard deviations below and above the mean of the scores that a side itself returned.</summary>
    /// <param name="sparseWeight">The weight of the sparse side, from 0 to 1; the dense side has the rest. The default is 0.5.</param>
    /// <remarks>
    /// Qdrant's DBSF: the standard deviation is that of a sample (n - 1), results are not cut to 0 and 1, and where a side returned
    /// one score, or equal ones, each becomes 0.5. Qdrant adds both sides with weight 1, which gives the same order as 0.5 each.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The weight is outside of its range.</exception>
    public static HybridFusion DistributionBased(float sparseWeight = EvenWeight) => Weighted(FusionMethod.DistributionBased, sparseWeight);

    /// <summary>Fuses what all legs found for one query.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <returns>
    /// Every key with its fused score, best first. Of equal scores the key with the best single rank comes first, then the one that the
    /// earlier leg returned there, then the one that is earlier among the hits.
    /// </returns>
    /// <exception cref="ArgumentException">A score is below the minimum of <see cref="TheoreticalMinMax"/>.</exception>
    public IReadOnlyList<SearchHit<TKey>> Fuse<TKey>(HybridCandidates<TKey> candidates)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return Fuse(candidates, FusedSides.Of(this, candidates));
    }

    /// <summary>Determines whether candidates suit the fusion: under <see cref="TheoreticalMinMax"/>, whether no score is below its minimum.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="candidates">The candidates of one query.</param>
    /// <returns><see langword="true"/> if <see cref="Fuse{TKey}(HybridCandidates{TKey})"/> does not refuse them; always so under the other methods.</returns>
    public bool CanFuse<TKey>(HybridCandidates<TKey> candidates)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return FusedSides.AreAboveMinimum(this, candidates);
    }

    // The complement is taken in decimal digits, so that 0.6 leaves 0.4 and not 0.39999998.
    private static HybridFusion Weighted(FusionMethod method, float sparseWeight) => new()
    {
        Method = method,
        SparseWeight = InRange(sparseWeight, 1, nameof(sparseWeight)),
        DenseWeight = (float)(1 - (decimal)sparseWeight),
    };

    private static float InRange(float weight, float highest, string parameter) => weight >= 0 && weight <= highest
        ? weight
        : throw new ArgumentOutOfRangeException(
            parameter, weight, highest == 1 ? "Expected a weight from 0 to 1." : "Expected a finite weight of 0 or more.");
}
