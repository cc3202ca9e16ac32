namespace Splade.AI.Evaluation.Tests.Measures;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Ndcg_GradedRanking_HasLinearGainAndLogarithmicDiscount()
    {
        // Found: 3, nothing, 1. Best: 3, 2, 1.
        double found = 3 / Math.Log2(2) + 1 / Math.Log2(4), best = 3 / Math.Log2(2) + 2 / Math.Log2(3) + 1 / Math.Log2(4);

        Assert.Equal(found / best, RankingMetrics.Ndcg([3, 0, 1], [1, 2, 3], 10), 1e-12);
        Assert.Equal(3 / (3 + 2 / Math.Log2(3)), RankingMetrics.Ndcg([3, 0, 1], [1, 2, 3], 2), 1e-12);
        Assert.Equal(1, RankingMetrics.Ndcg([3, 2, 1], [1, 2, 3, 0, -1], 10), 1e-12);
    }

    [Fact]
    public void Ndcg_NegativeGrades_GainNothing() => Assert.Equal(1 / Math.Log2(3), RankingMetrics.Ndcg([-2, 1], [1, -2], 10), 1e-12);

    [Fact]
    public void ReciprocalRank_FirstRelevant_CountsWithinTheCutoff()
    {
        Assert.Equal(1 / 3d, RankingMetrics.ReciprocalRank([0, -1, 2, 1], 10));
        Assert.Equal(0, RankingMetrics.ReciprocalRank([0, 0, 2], 2));
        Assert.Equal(0, RankingMetrics.ReciprocalRank([], 10));
    }

    [Fact]
    public void Recall_SharesOfAllRelevant()
    {
        Assert.Equal(.5, RankingMetrics.Recall([1, 0, 2], 4, 100));
        Assert.Equal(.25, RankingMetrics.Recall([1, 0, 2], 4, 2));
        Assert.Equal(0, RankingMetrics.Recall([1], 0, 2));
    }

    [Fact]
    public void AveragePrecision_MissingRelevant_CountAsZero()
    {
        Assert.Equal((1 + 2 / 3d) / 4, RankingMetrics.AveragePrecision([2, 0, 1], 4), 1e-12);
        Assert.Equal(0, RankingMetrics.AveragePrecision([0, 0], 4));
        Assert.Equal(0, RankingMetrics.AveragePrecision([], 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void All_GeneratedRankings_EqualTheSlowDefinitions(int seed)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 50; trial++)
        {
            int[] judged = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(-1, 5))];
            int[] ranking = [.. judged.Concat(new int[random.Next(40)]).OrderBy(_ => random.Next()).Take(random.Next(60))];
            int cutoff = random.Next(1, 40), relevant = judged.Count(g => g > 0);
            double Gain(IEnumerable<int> grades) => grades.Take(cutoff).Select((g, i) => Math.Max(g, 0) * Math.Log(2) / Math.Log(i + 2)).Sum();
            int[] relevantRanks = [.. Enumerable.Range(1, ranking.Length).Where(rank => ranking[rank - 1] > 0)];

            Assert.Equal(relevant == 0 ? 0 : Gain(ranking) / Gain(judged.OrderDescending()), RankingMetrics.Ndcg(ranking, judged, cutoff), 1e-12);
            Assert.Equal(relevantRanks.Where(r => r <= cutoff).Select(r => 1d / r).FirstOrDefault(), RankingMetrics.ReciprocalRank(ranking, cutoff));
            Assert.Equal(relevant == 0 ? 0 : relevantRanks.Count(r => r <= cutoff) / (double)relevant, RankingMetrics.Recall(ranking, relevant, cutoff));
            Assert.Equal(
                relevant == 0 ? 0 : relevantRanks.Sum(r => relevantRanks.Count(other => other <= r) / (double)r) / relevant,
                RankingMetrics.AveragePrecision(ranking, relevant),
                1e-12);
        }
    }

    [Fact]
    public void All_BadArguments_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("cutoff", () => RankingMetrics.Ndcg([1], [1], 0));
        Assert.Throws<ArgumentNullException>("judged", () => RankingMetrics.Ndcg([1], null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>("cutoff", () => RankingMetrics.ReciprocalRank([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>("relevant", () => RankingMetrics.Recall([1], -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("relevant", () => RankingMetrics.AveragePrecision([1], -1));
    }
}
