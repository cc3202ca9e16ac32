using Splade.AI.Search;

namespace Splade.AI.Evaluation.Tests.Measures;

public sealed class RunEvaluationTests
{
    private static readonly RelevanceJudgments Judgments = new([("q1", "a", 2), ("q1", "b", 0), ("q2", "c", 1), ("q3", "d", 0), ("q4", "e", 1)]);

    [Fact]
    public void Of_QueriesWithoutRelevant_AreLeftOutAndCounted()
    {
        var run = new RetrievalRun("r", [("q1", [new SearchHit<string>("b", 2), new("a", 1)]), ("q2", [new("c", 1)]), ("q3", [new("d", 1)])]);

        var evaluation = RunEvaluation.Of(run, Judgments, ["q1", "q2", "q3", "q4", "q5"]);

        Assert.Equal(["q1", "q2", "q4"], evaluation.QueryIds);
        Assert.Equal(2, evaluation.LeftOut);
        Assert.Equal([.5, 1, 0], evaluation.ValuesOf(EvaluationMetric.MrrAt10));
        Assert.Equal([1 / Math.Log2(3), 1, 0], evaluation.ValuesOf(EvaluationMetric.NdcgAt10));
        Assert.Equal([1, 1, 0], evaluation.ValuesOf(EvaluationMetric.RecallAt100));
        Assert.Equal([.5, 1, 0], evaluation.ValuesOf(EvaluationMetric.Map));
        Assert.Equal(.5, evaluation.MeanOf(EvaluationMetric.MrrAt10));
    }

    [Fact]
    public void Of_Ranks11And101_AreBeyondTheCutoffs()
    {
        SearchHit<string>[] Hits(int before) => [.. Enumerable.Range(0, before).Select(i => new SearchHit<string>($"x{i}", 1000 - i)), new("a", 0)];

        var at11 = RunEvaluation.Of(new RetrievalRun("r", [("q1", Hits(10))]), Judgments, ["q1"]);
        var at101 = RunEvaluation.Of(new RetrievalRun("r", [("q1", Hits(100))]), Judgments, ["q1"]);

        Assert.Equal([0, 0, 1, 1 / 11d], RunEvaluation.Metrics.Select(at11.MeanOf));
        Assert.Equal([0, 0, 0, 1 / 101d], RunEvaluation.Metrics.Select(at101.MeanOf));
    }

    [Fact]
    public void Run_EqualScores_AreOrderedAsByTrecEval()
    {
        var run = new RetrievalRun("r", [("q", [new SearchHit<string>("10", 1), new("9", 1), new("1", 1), new("z", .5f), new("a", 2)])]);

        Assert.Equal(["a", "9", "10", "1", "z"], run.HitsOf("q").Select(hit => hit.Key));
        Assert.Empty(run.HitsOf("other"));
    }

    [Fact]
    public void WithoutIdenticalIds_QueriesThatAreDocuments_LoseTheirOwn()
    {
        var judgments = new RelevanceJudgments([("q1", "a", 1), ("q2", "b", 1)]);
        var run = new RetrievalRun("r", [("q1", [new SearchHit<string>("q1", 3), new("a", 2), new("q2", 1)]), ("q2", [new("q2", 3), new("b", 2)])]);

        RetrievalRun all = run.WithoutIdenticalIds(), one = run.WithoutIdenticalIds(new HashSet<string> { "q1" });

        Assert.Equal(1 / Math.Log2(3), RunEvaluation.Of(run, judgments, judgments.QueryIds).MeanOf(EvaluationMetric.NdcgAt10));
        Assert.Equal(1, RunEvaluation.Of(all, judgments, judgments.QueryIds).MeanOf(EvaluationMetric.NdcgAt10));
        Assert.Equal(["a", "q2"], all.HitsOf("q1").Select(hit => hit.Key));
        Assert.Equal(["a", "q2", "q2", "b"], one.HitsOf("q1").Concat(one.HitsOf("q2")).Select(hit => hit.Key));
    }

    [Fact]
    public void Run_BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>("name", () => new RetrievalRun("two words", []));
        Assert.Throws<ArgumentException>("results", () => new RetrievalRun("r", [("q", []), ("q", [])]));
        Assert.Throws<ArgumentException>("results", () => new RetrievalRun("r", [("q", [new SearchHit<string>("a", 1), new("a", 2)])]));
        Assert.Throws<ArgumentException>("results", () => new RetrievalRun("r", [("q", [new SearchHit<string>("a", float.NaN)])]));
        Assert.Throws<ArgumentException>("judgments", () => new RelevanceJudgments([("q", "a", 1), ("q", "a", 2)]));
    }
}
