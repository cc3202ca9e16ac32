using Splade.AI.Evaluation;
using Splade.AI.Evaluation.Tuning;
using Splade.AI.Hybrid;

namespace Splade.Cli.Evaluation;

/// <summary>The fusions of a sparse and a dense model, each with its defaults, and the one that the judgments choose.</summary>
internal sealed class FusedSystems(CheckedData data, int depth)
{
    private const string Tuned = "tuned";

    private static readonly (string Name, HybridFusion Fusion)[] Fusions =
    [
        ("rrf", HybridFusion.Default),
        ("min-max", HybridFusion.MinMax()),
        ("theoretical-min-max", HybridFusion.TheoreticalMinMax()),
        ("distribution-based", HybridFusion.DistributionBased()),
    ];

    /// <summary>What they are called.</summary>
    public static IEnumerable<string> Names => Fusions.Select(fusion => fusion.Name).Append(Tuned);

    public IEnumerable<EvaluatedSystem> Run(ITextVectors sparse, ITextVectors dense, CancellationToken cancellationToken)
    {
        HybridCandidates<string>[] candidates = [.. data.Queries.Select((query, i) => new HybridCandidates<string>(
            data.Own.Search(query.Id, depth, wanted => sparse.Search(i, wanted, cancellationToken)),
            data.Own.Search(query.Id, depth, wanted => dense.Search(i, wanted, cancellationToken)),
            id => sparse.Score(i, id),
            id => dense.Score(i, id)))];
        foreach ((string name, HybridFusion fusion) in Fusions)
        {
            yield return new EvaluatedSystem(Fuse(name, candidates, _ => fusion), fusion.Description, IsSingle: false);
        }

        // One query cannot be held out and chosen by.
        if (data.Queries.Length == 1)
        {
            yield break;
        }

        JudgedCandidates[] judged = [.. data.Queries.Zip(
            candidates, (query, found) => new JudgedCandidates(query.Id, found, data.Dataset.Judgments.GradesOf(query.Id)))];
        FusionTuning tuning = FusionTuner.Tune(judged, cancellationToken: cancellationToken);
        yield return new EvaluatedSystem(
            Fuse(Tuned, candidates, i => tuning.HeldOutFusions[i]), "the best fusion of the other folds, by cross-validation", IsSingle: false)
        {
            Tuning = tuning,
        };
    }

    /// <summary>Any legs by their ranks.</summary>
    public EvaluatedSystem Run(IReadOnlyList<ITextVectors> legs, CancellationToken cancellationToken)
    {
        HybridCandidates<string>[] candidates = [.. data.Queries.Select((query, i) => new HybridCandidates<string>(legs.Select(leg => new CandidateLeg<string>(
            leg.Name,
            leg is DenseVectorsOfTexts ? VectorKind.Dense : VectorKind.Sparse,
            data.Own.Search(query.Id, depth, wanted => leg.Search(i, wanted, cancellationToken)),
            id => leg.Score(i, id)))))];
        string[] names = [.. legs.Select(leg => leg.Name)];
        return new EvaluatedSystem(
            Fuse(LegSubsets.NameOf(names), candidates, _ => HybridFusion.Default),
            $"{HybridFusion.Default.Description} of {string.Join(", ", names)}",
            IsSingle: false);
    }

    private RetrievalRun Fuse(string name, HybridCandidates<string>[] candidates, Func<int, HybridFusion> fusionOf) =>
        EvaluatedSystems.Run(name, data.Queries, (i, _) => fusionOf(i).Fuse(candidates[i]).Take(depth));
}
