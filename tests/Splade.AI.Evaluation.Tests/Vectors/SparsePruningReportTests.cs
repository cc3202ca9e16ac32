
namespace Splade.AI.Evaluation.Tests.Vectors;

public sealed class SparsePruningReportTests
{
    [Fact]
    public void Create_KnownDocument_TellsTheMassOfItsHeaviest()
    {
        SparsePruningReport report = SparsePruningReport.Create(SparsePruning.TopK(8), [KnownDocument.Vector], []);

        Assert.Equal(.527, report.MeanMassKept, 5e-4);
        Assert.Equal(.792, SparsePruningReport.Create(SparsePruning.TopK(16), [KnownDocument.Vector], []).MinMassKept, 5e-4);
        Assert.Equal((34.0, 8.0), (report.Before.MeanActiveDimensions, report.After.MeanActiveDimensions));
        Assert.Equal((0, null, null), (report.Queries, report.MeanTopOverlap, report.MinTopOverlap));
        Assert.Equal("top_k:8: 34.0 -> 8.0 entries, mass kept 52.7 % (least 52.7 %)", report.ToString());
    }

    [Fact]
    public void Create_TwoQueries_TellsMeanAndLeastOverlap()
    {
        SparseVector[] documents =
        [
            new([0, 1], [3f, 1f], 4),
            new([1], [2f], 4),
            new([], [], 4),
        ];
        SparseVector[] queries = [new([0], [1f], 4), new([1], [1f], 4), new([3], [1f], 4)];

        SparsePruningReport report = SparsePruningReport.Create(SparsePruning.TopK(1), documents, queries);

        // Pruning takes position 1 from the first document: the second query loses one of its two hits; the third never had any.
        Assert.Equal((1 + .5 + 1) / 3, report.MeanTopOverlap!.Value, 1e-12);
        Assert.Equal(.5, report.MinTopOverlap);
        Assert.Equal((.75 + 1 + 1) / 3, report.MeanMassKept, 1e-12);
        Assert.Equal(.75, report.MinMassKept);
        Assert.Equal(
            "top_k:1: 1.0 -> 0.7 entries, mass kept 91.7 % (least 75.0 %), top-10 overlap of 3 queries 83.3 % (least 50.0 %)", report.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Create_GeneratedVectors_EqualsTheDefinition(int seed)
    {
        var random = new RandomVectors(seed, 25);
        SparseVector[] documents = random.Next(80);
        SparseVector[] queries = random.Next(20);
        SparsePruning rule = SparsePruning.MaxRatio(.6);
        SparsePruning queryRule = SparsePruning.TopK(2);

        SparsePruningReport report = SparsePruningReport.Create(rule, documents, queries, queryRule);

        SparseVector[] pruned = [.. rule.Apply(documents)];
        double[] overlaps = [.. queries.Select(q => Overlap(Best(documents, q), Best(pruned, q.Prune(queryRule))))];
        Assert.Equal(overlaps.Average(), report.MeanTopOverlap!.Value, 1e-12);
        Assert.Equal(overlaps.Min(), report.MinTopOverlap);
        Assert.Equal(SparseStatistics.Of(pruned), report.After);
        Assert.Equal((rule, queryRule, 20), (report.Rule, report.QueryRule, report.Queries));
        SparsePruningReport nothing = SparsePruningReport.Create(SparsePruning.None, documents, queries);
        Assert.Equal((1.0, 1.0, 1.0), (nothing.MinMassKept, nothing.MinTopOverlap, nothing.MeanTopOverlap));
    }

    [Fact]
    public void Create_NoDocuments_LosesNothing()
    {
        SparsePruningReport report = SparsePruningReport.Create(SparsePruning.TopK(1), [], [KnownDocument.Vector]);
        Assert.Equal((1.0, 1.0, 1.0), (report.MeanMassKept, report.MinMassKept, report.MeanTopOverlap));
    }

    [Fact]
    public void Create_InvalidArguments_NameTheParameter()
    {
        var other = new SparseVector([1], [1f], 11);

        Assert.Throws<ArgumentNullException>("documents", () => SparsePruningReport.Create(default, null!, []));
        Assert.Throws<ArgumentNullException>("queries", () => SparsePruningReport.Create(default, [], null!));
        Assert.Throws<ArgumentException>("documents", () => SparsePruningReport.Create(default, [other, KnownDocument.Vector], []));
        Assert.Throws<ArgumentException>("queries", () => SparsePruningReport.Create(default, [KnownDocument.Vector], [other]));
        Assert.ThrowsAny<OperationCanceledException>(() => SparsePruningReport.Create(default, [other], [other], default, new CancellationToken(true)));
    }

    private static int[] Best(SparseVector[] documents, SparseVector query) => [.. Enumerable.Range(0, documents.Length)
        .Where(i => documents[i].Dot(query) > 0)
        .OrderByDescending(i => documents[i].Dot(query))
        .Take(10)];

    private static double Overlap(int[] wanted, int[] found) => wanted.Length == 0 ? 1 : wanted.Count(found.Contains) / (double)wanted.Length;
}
