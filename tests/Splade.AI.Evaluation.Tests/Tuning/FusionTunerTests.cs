using Splade.AI.Evaluation.Tuning;
using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Evaluation.Tests.Tuning;

public sealed class FusionTunerTests
{
    [Fact]
    public void Tune_SideThatIsNoise_IsWeighedDown()
    {
        FusionTuning tuning = FusionTuner.Tune(Generate(1, signalOfSparse: 0, signalOfDense: 3, count: 60));

        Assert.True(tuning.Best.Fusion.DenseWeight > tuning.Best.Fusion.SparseWeight, tuning.Best.Fusion.Description);
        Assert.True(tuning.Gain.Difference.Low > 0, $"{tuning.Gain}");
        Assert.True(tuning.Gain.PValue < .01);
    }

    [Fact]
    public void Tune_BothSidesNoise_PromisesNothing()
    {
        FusionTuning tuning = FusionTuner.Tune(Generate(2, signalOfSparse: 0, signalOfDense: 0, count: 60));

        Assert.True(tuning.HeldOutMean < tuning.Best.Mean, "The best of many on the queries it was chosen by is flattered.");
        Assert.True(tuning.Gain.Difference.Low < 0);
    }

    [Fact]
    public void Tune_HeldOutValues_AreThoseOfFusionsChosenWithoutTheQuery()
    {
        JudgedCandidates[] queries = Generate(3, signalOfSparse: 1, signalOfDense: 1, count: 23);

        FusionTuning tuning = FusionTuner.Tune(queries);

        Assert.Equal(queries.Select(query => query.QueryId), tuning.QueryIds);
        Assert.Equal(5, tuning.FoldChoices.Count);
        Assert.All(tuning.HeldOutFusions, fusion => Assert.Contains(fusion, tuning.FoldChoices));
        for (int i = 0; i < queries.Length; i++)
        {
            Assert.Equal(Ndcg(tuning.HeldOutFusions[i], queries[i]), tuning.HeldOut[i], 1e-12);
        }

        Assert.All(tuning.Tried, tried => Assert.Equal(queries.Average(query => Ndcg(tried.Fusion, query)), tried.Mean, 1e-12));
        Assert.Equal(tuning.Tried.OrderByDescending(tried => tried.Mean), tuning.Tried);
    }

    [Fact]
    public void Tune_AllFusionsEqual_KeepsTheDefault()
    {
        var candidates = new HybridCandidates<string>([new("a", 1)], [new("a", 1)]);
        FusionTuning tuning = FusionTuner.Tune([.. new[] { "q1", "q2" }.Select(id => new JudgedCandidates(id, candidates, new Dictionary<string, int> { ["a"] = 1 }))]);

        Assert.Equal((HybridFusion.Default, 1), (tuning.Best.Fusion, tuning.Best.Mean));
        Assert.Equal(0, tuning.Gain.Difference.Mean);
    }

    [Fact]
    public void Tune_SameSeed_IsTheSame()
    {
        JudgedCandidates[] queries = Generate(4, signalOfSparse: 1, signalOfDense: 2, count: 20);

        Assert.Equal(FusionTuner.Tune(queries).HeldOut, FusionTuner.Tune(queries).HeldOut);
    }

    [Theory]
    [InlineData(9, -2)]
    [InlineData(-9, .5f)]
    public void Tune_ScoresBelowAMinimum_LeavesTheMethodOutAndSaysSo(float sparse, float dense)
    {
        JudgedCandidates[] queries = Generate(6, signalOfSparse: 1, signalOfDense: 1, count: 20);
        var odd = new HybridCandidates<string>([new("a", sparse)], [new("b", 3), new("a", dense)]);

        FusionTuning tuning = FusionTuner.Tune([.. queries, new JudgedCandidates("odd", odd, new Dictionary<string, int> { ["a"] = 1 })]);

        Assert.Equal([FusionMethod.TheoreticalMinMax], tuning.LeftOut);
        Assert.DoesNotContain(tuning.Tried, tried => tried.Fusion.Method == FusionMethod.TheoreticalMinMax);
        Assert.Empty(FusionTuner.Tune(queries).LeftOut);
    }

    [Fact]
    public void Tune_TooFewQueriesOrCancelled_Ends()
    {
        JudgedCandidates[] queries = Generate(5, signalOfSparse: 1, signalOfDense: 1, count: 5);

        Assert.Throws<ArgumentException>("queries", () => FusionTuner.Tune(queries[..1]));
        Assert.Throws<OperationCanceledException>(() => FusionTuner.Tune(queries, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static double Ndcg(HybridFusion fusion, JudgedCandidates query)
    {
        var run = new RetrievalRun("r", [(query.QueryId, fusion.Fuse(query.Candidates))]);
        var judgments = new RelevanceJudgments(query.Grades.Select(pair => (query.QueryId, pair.Key, pair.Value)));
        return RunEvaluation.Of(run, judgments, [query.QueryId]).MeanOf(EvaluationMetric.NdcgAt10);
    }

    private static JudgedCandidates[] Generate(int seed, double signalOfSparse, double signalOfDense, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(query =>
        {
            bool[] relevant = [.. Enumerable.Range(0, 40).Select(document => document < 4)];
            double[] sparse = [.. relevant.Select(isRelevant => 5 + random.NextDouble() * 2 + (isRelevant ? signalOfSparse * random.NextDouble() : 0))];
            double[] dense = [.. relevant.Select(isRelevant => (random.NextDouble() * 2 + (isRelevant ? signalOfDense * random.NextDouble() : 0)) / 10)];
            SearchHit<string>[] Best(double[] scores) =>
                [.. scores.Select((score, i) => new SearchHit<string>($"{i}", (float)score)).OrderByDescending(hit => hit.Score).Take(25)];
            var candidates = new HybridCandidates<string>(Best(sparse), Best(dense), id => (float)sparse[int.Parse(id)], id => (float)dense[int.Parse(id)]);
            return new JudgedCandidates($"q{query}", candidates, Enumerable.Range(0, 4).ToDictionary(i => $"{i}", _ => 1));
        })];
    }
}
