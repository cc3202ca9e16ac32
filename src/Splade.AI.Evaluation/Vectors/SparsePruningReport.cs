using System.Globalization;
using Splade.AI.Search;

namespace Splade.AI.Evaluation;

/// <summary>Represents the savings of a pruning rule on given documents and its losses on given queries.</summary>
/// <remarks>Immutable. Shares run from 0 to 1.</remarks>
public sealed record SparsePruningReport
{
    /// <summary>The number of a query's best documents that are compared before and after.</summary>
    public const int Top = 10;

    private SparsePruningReport(SparsePruning rule, SparsePruning queryRule, SparseStatistics before, SparseStatistics after)
    {
        Rule = rule;
        QueryRule = queryRule;
        Before = before;
        After = after;
    }

    /// <summary>Gets the rule for the documents.</summary>
    public SparsePruning Rule { get; }

    /// <summary>Gets the rule for the queries.</summary>
    public SparsePruning QueryRule { get; }

    /// <summary>Gets statistics of the entries of the documents before pruning.</summary>
    public SparseStatistics Before { get; }

    /// <summary>Gets statistics of the entries of the documents after pruning.</summary>
    public SparseStatistics After { get; }

    /// <summary>Gets the mean share of a document's sum of weights that is kept; 1 for a document without entries.</summary>
    public double MeanMassKept { get; private init; } = 1;

    /// <summary>Gets the share of its sum of weights that is kept of the document that loses most.</summary>
    public double MinMassKept { get; private init; } = 1;

    /// <summary>Gets the number of queries.</summary>
    public int Queries { get; private init; }

    /// <summary>
    /// Gets the mean share of a query's <see cref="Top"/> best documents that are among its <see cref="Top"/> best after pruning;
    /// 1 for a query that finds nothing before; null without queries.
    /// </summary>
    public double? MeanTopOverlap { get; private init; }

    /// <summary>Gets that share for the query that loses most; null without queries.</summary>
    public double? MinTopOverlap { get; private init; }

    /// <summary>Prunes documents, and searches them before and after.</summary>
    /// <param name="rule">The rule for the documents.</param>
    /// <param name="documents">The documents. All of them and their pruned forms are held in memory.</param>
    /// <param name="queries">The queries; may be empty, then there is no overlap to tell.</param>
    /// <param name="queryRule">The rule for the queries, applied after pruning only. The default keeps all of their entries.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>
    /// Every document is scored by its exact dot product. Those with a score above 0 are hits, the highest first, of equal scores the
    /// document that stands earlier in the list. Queries are asked on all processors.
    /// </remarks>
    /// <exception cref="ArgumentException">A list holds a null, or the vectors mix <see cref="SparseVector.Dimensions"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SparsePruningReport Create(
        SparsePruning rule,
        IReadOnlyList<SparseVector> documents,
        IReadOnlyList<SparseVector> queries,
        SparsePruning queryRule = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        SameDimensions.Require(queries, SameDimensions.Require(documents, 0, nameof(documents)), nameof(queries));
        SparseVector[] pruned = [.. rule.Apply(documents)];
        double[] mass = [.. documents.Zip(pruned, MassKept)];
        double[] overlaps = Overlaps(documents, pruned, queries, queryRule, cancellationToken);
        return new(rule, queryRule, SparseStatistics.Of(documents), SparseStatistics.Of(pruned))
        {
            MeanMassKept = mass.DefaultIfEmpty(1).Average(),
            MinMassKept = mass.DefaultIfEmpty(1).Min(),
            Queries = queries.Count,
            MeanTopOverlap = overlaps.Length == 0 ? null : overlaps.Average(),
            MinTopOverlap = overlaps.Length == 0 ? null : overlaps.Min(),
        };
    }

    /// <summary>Returns the report in one line.</summary>
    public override string ToString()
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Rule}: {Before.MeanActiveDimensions:F1} -> {After.MeanActiveDimensions:F1} entries, mass kept {MeanMassKept:P1} (least {MinMassKept:P1})");
        return MeanTopOverlap is not double mean ? text : text + string.Create(
            CultureInfo.InvariantCulture, $", top-{Top} overlap of {Queries} queries {mean:P1} (least {MinTopOverlap:P1})");
    }

    private static double MassKept(SparseVector before, SparseVector after) => before.Count == 0 ? 1 : Mass(after) / Mass(before);

    private static double Mass(SparseVector vector)
    {
        double sum = 0;
        foreach (float weight in vector.Values)
        {
            sum += weight;
        }

        return sum;
    }

    private static double[] Overlaps(
        IReadOnlyList<SparseVector> documents,
        SparseVector[] pruned,
        IReadOnlyList<SparseVector> queries,
        SparsePruning queryRule,
        CancellationToken cancellationToken)
    {
        SparseIndex<int> before = Index(documents, cancellationToken);
        SparseIndex<int> after = Index(pruned, cancellationToken);
        double[] overlaps = new double[queries.Count];
        Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            int[] wanted = Best(before, queries[i], cancellationToken);
            int[] found = Best(after, queries[i].Prune(queryRule), cancellationToken);
            overlaps[i] = wanted.Length == 0 ? 1 : (double)wanted.Intersect(found).Count() / wanted.Length;
        });
        return overlaps;
    }

    private static SparseIndex<int> Index(IReadOnlyList<SparseVector> vectors, CancellationToken cancellationToken)
    {
        var index = new SparseIndex<int>();
        index.Upsert(vectors.Select((vector, position) => (position, vector)), cancellationToken);
        return index;
    }

    private static int[] Best(SparseIndex<int> index, SparseVector query, CancellationToken cancellationToken) =>
        [.. index.Search(query, Top, cancellationToken: cancellationToken).Select(hit => hit.Key)];
}
