using Splade.AI.Evaluation.Lexical;
using Splade.AI.Search;

namespace Splade.AI.Evaluation.Tests.Lexical;

public sealed class Bm25IndexTests
{
    [Fact]
    public void Search_SmallCollection_HasTheScoresOfTheFormula()
    {
        var sut = new Bm25Index();
        sut.Add("a", "wing wing flow");
        sut.Add("b", "wing");
        sut.Add("c", "shock flow shock shock heat");

        // N 3, mean length 3; wing and flow are in 2 documents each.
        double idf = Math.Log(1 + 1.5 / 2.5);
        IReadOnlyList<SearchHit<string>> hits = sut.Search("wings", 10);

        Assert.Equal(["a", "b"], hits.Select(hit => hit.Key));
        Assert.Equal(idf * 2 / (2 + 1.2), hits[0].Score, 1e-6);
        Assert.Equal(idf * 1 / (1 + 1.2 * (.25 + .75 / 3)), hits[1].Score, 1e-6);
        Assert.Equal(2 * hits[0].Score, sut.Search("wing wing", 1)[0].Score, 1e-6);
        Assert.Empty(sut.Search("unknown the", 10));
        Assert.Empty(new Bm25Index().Search("wing", 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Search_GeneratedTexts_EqualsTheSlowFormula(int seed)
    {
        var random = new Random(seed);
        string Text(int most) => string.Join(' ', Enumerable.Range(0, random.Next(most)).Select(_ => $"t{random.Next(5)}{random.Next(5)}"));
        string[] texts = [.. Enumerable.Range(0, 60).Select(_ => Text(40))];
        var sut = new Bm25Index();
        for (int i = 0; i < texts.Length; i++)
        {
            sut.Add($"{i}", texts[i]);
        }

        string[] query = Text(10).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[][] documents = [.. texts.Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        double mean = documents.Average(d => d.Length);
        double Score(string[] document) => query.Sum(term =>
        {
            int n = documents.Count(d => d.Contains(term)), f = document.Count(t => t == term);
            return Math.Log(1 + (60 - n + .5) / (n + .5)) * f / (f + 1.2 * (1 - .75 + .75 * document.Length / mean));
        });

        (string, float)[] expected =
            [.. documents.Select((d, i) => ($"{i}", (float)Score(d))).Where(d => d.Item2 > 0).OrderByDescending(d => d.Item2).Take(20)];
        Assert.Equal(expected.Select(d => d.Item2), sut.Search(string.Join(' ', query), 20).Select(hit => hit.Score), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    /// <summary>The reference is BM25 with k1 1.2, b 0.75, an English stemmer and stop words; which of them is not said.</summary>
    [SharedFact]
    public void Search_Cranfield_IsCloseToTheReference()
    {
        var dataset = EvaluationDataset.Open(Path.Combine(Repository.Shared!, "data", "cranfield"));
        var sut = new Bm25Index();
        foreach (EvaluationDocument document in dataset.ReadDocuments())
        {
            sut.Add(document.Id, document.FullText);
        }

        var run = new RetrievalRun("bm25", dataset.Queries.Select(query => (query.Id, (IEnumerable<SearchHit<string>>)sut.Search(query.Text, 100))));
        var evaluation = RunEvaluation.Of(run, dataset.Judgments, dataset.Queries.Select(query => query.Id));

        Assert.Equal(.3314, evaluation.MeanOf(EvaluationMetric.NdcgAt10), .002);
        Assert.Equal(.7314, evaluation.MeanOf(EvaluationMetric.RecallAt100), .002);
        Assert.Equal(.5216, evaluation.MeanOf(EvaluationMetric.MrrAt10), .003);
    }
}
