using Splade.AI.Explanation;

namespace Splade.AI.Tests.Explanation;

/// <summary>What the explanation of a score says.</summary>
public sealed class MatchExplanationTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public async Task ExplainMatchAsync_Passages_ContributionsAddUpToTheScore()
    {
        string[] texts = [.. ReferenceVectors.Read("encode-passages.jsonl").Where((_, i) => i % 5 == 0).Select(line => line.Text)];
        foreach (string document in texts)
        {
            MatchExplanation match = await _engine.ExplainMatchAsync("why does the moon pull on the ocean", document);
            AssertAddsUp(match, match.Query!.Vector, match.Document!.Vector);
            Assert.All(match.Terms, t => Assert.Equal((true, true), (t.Query.Source is not null, t.Document.Source is not null)));
        }
    }

    [Fact]
    public void ExplainMatch_GeneratedVectors_ContributionsAddUpToTheScore()
    {
        var random = new Random(6);
        for (int round = 0; round < 200; round++)
        {
            SparseVector query = Generate(random), document = Generate(random);
            SparsePruning rule = (round % 5) switch
            {
                0 => SparsePruning.TopK(1 + random.Next(50)),
                1 => SparsePruning.MaxRatio(random.NextDouble()),
                2 => SparsePruning.AlphaMass(0.01 + (0.99 * random.NextDouble())),
                3 => SparsePruning.AbsValue(3 * random.NextDouble()),
                _ => SparsePruning.None,
            };
            SparseVector pruned = document.Prune(rule);
            AssertAddsUp(_engine.ExplainMatch(query, pruned), query, pruned);
        }
    }

    [Fact]
    public void ExplainMatch_WithoutTexts_SaysWhatVectorsTell()
    {
        MatchExplanation match = _engine.ExplainMatch(Vector(("moon", 2f), ("mars", 1f)), Vector(("moon", 3f), ("sun", 1f)));
        MatchedTerm moon = Assert.Single(match.Terms);
        Assert.Equal(("moon", 2f, 3f, 6.0, 1.0), (moon.Token, moon.Query.Weight, moon.Document.Weight, moon.Contribution, moon.Share));
        Assert.Equal(6f, match.Score);
        Assert.Equal("mars", Assert.Single(match.UnmatchedTerms).Token);
        Assert.Equal((null, null, null, null), (moon.RestsOnExpansion, moon.Query.Origin, match.ExpansionShare, match.Warning));
        Assert.Equal((null, null), (match.Query, match.Document));
    }

    [Theory]
    [InlineData("moon sea", "the moon", 0.0, null)]
    [InlineData("moon", "lunar", 1.0, "rests on expansion")]
    [InlineData("lunar", "the moon", 1.0, "rests on expansion")]
    [InlineData("lunar", "selenology", 1.0, "rests on expansion")]
    public void ExplainMatch_OneSharedTerm_RestsOnExpansionUnlessItStandsInBothTexts(string query, string document, double share, string? warning)
    {
        MatchExplanation match = _engine.ExplainMatch(Vector(("moon", 2f)), Vector(("moon", 3f)), query, document);
        Assert.Equal(share, match.ExpansionShare);
        Assert.Equal(share == 1, match.Terms[0].RestsOnExpansion);
        Assert.Equal(warning is null, match.Warning is null);
        Assert.Contains(warning ?? "", match.Warning ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void ExplainMatch_LiteralAndExpandedTerms_ShareTheScore()
    {
        MatchExplanation match = _engine.ExplainMatch(
            Vector(("moon", 1f), ("ocean", 2f)), Vector(("moon", 3f), ("ocean", 0.5f)), "moon ocean", "the moon and the sea");
        Assert.Equal(0.25, match.ExpansionShare!.Value, 1e-9);
        Assert.Null(match.Warning);
        Assert.Equal(["moon", "ocean"], match.Terms.Select(t => t.Text));
        Assert.Equal([false, true], match.Terms.Select(t => t.RestsOnExpansion));
    }

    [Fact]
    public void ExplainMatch_OneTextKnown_TellsWhatCanBeTold()
    {
        SparseVector vector = Vector(("moon", 2f));
        Assert.True(_engine.ExplainMatch(vector, vector, documentText: "lunar").Terms[0].RestsOnExpansion);
        MatchExplanation literal = _engine.ExplainMatch(vector, vector, documentText: "moon");
        Assert.Null(literal.Terms[0].RestsOnExpansion);
        Assert.Equal((null, null), (literal.ExpansionShare, literal.Query));
        Assert.NotNull(literal.Document);
    }

    [Fact]
    public void ExplainMatch_NothingShared_IsSaid()
    {
        MatchExplanation match = _engine.ExplainMatch(Vector(("moon", 2f)), Vector(("sun", 3f)), "moon", "sun");
        Assert.Equal((0f, 0, 1, null), (match.Score, match.TermCount, match.UnmatchedCount, match.ExpansionShare));
        Assert.Contains("no term in common", match.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainMatchAsync_Top_CutsListsAndNothingElse()
    {
        const string Query = "how do the tides come about", Document = "The moon pulls on the ocean, and so there are tides.";
        MatchExplanation all = await _engine.ExplainMatchAsync(Query, Document);
        MatchExplanation top = await _engine.ExplainMatchAsync(Query, Document, new ExplanationOptions { Top = 2 });
        Assert.Equal(all.Terms.Take(2).Select(t => (t.Id, t.Contribution)), top.Terms.Select(t => (t.Id, t.Contribution)));
        Assert.Equal(all.UnmatchedTerms.Take(2).Select(t => t.Id), top.UnmatchedTerms.Select(t => t.Id));
        Assert.Equal((all.Score, all.TermCount, all.UnmatchedCount, all.ExpansionShare), (top.Score, top.TermCount, top.UnmatchedCount, top.ExpansionShare));
        Assert.Equal(all.Document!.Terms.Count, top.Document!.Terms.Count);
    }

    [Fact]
    public async Task ExplainMatchAsync_VectorsOfAnIndex_AreExplainedAsTheyAre()
    {
        const string Query = "red planet", Document = "Mars is called the red planet.";
        IReadOnlyList<SpladeEncoding> encoded = await _engine.EncodeAsync([Query, Document]);
        SparseVector query = encoded[0].Vector.TopK(4), document = encoded[1].Vector.TopK(8);
        MatchExplanation match = await _engine.ExplainMatchAsync(query, document, Query, Document);
        AssertAddsUp(match, query, document);
        Assert.Equal("red", Span(Query, match.Terms.Single(t => t.Token == "red").Query));
        Assert.Equal("planet", Span(Document, match.Terms.Single(t => t.Token == "planet").Document));

        MatchExplanation withoutRun = await _engine.ExplainMatchAsync(query, document, Query, Document, new ExplanationOptions { Spans = false });
        Assert.All(withoutRun.Terms, t => Assert.Null(t.Document.Source ?? t.Query.Source));
        Assert.Equal(match.ExpansionShare, withoutRun.ExpansionShare);

        static string Span(string text, ExplainedTerm term) => text[term.Source!.Value.Span!.Value.Start..term.Source.Value.Span.Value.End];
    }

    [Fact]
    public async Task ExplainMatchAsync_BadArguments_AreNamed()
    {
        SparseVector vector = Vector(("moon", 1f)), other = new([1], [1f], 10);
        await Assert.ThrowsAsync<ArgumentNullException>("query", () => _engine.ExplainMatchAsync(null!, "moon"));
        await Assert.ThrowsAsync<ArgumentNullException>("document", () => _engine.ExplainMatchAsync("moon", null!));
        await Assert.ThrowsAsync<ArgumentNullException>("documentText", () => _engine.ExplainMatchAsync(vector, vector, "moon", null!));
        await Assert.ThrowsAsync<ArgumentException>("document", () => _engine.ExplainMatchAsync(vector, other, "moon", "moon"));
        Assert.Throws<ArgumentException>("query", () => _engine.ExplainMatch(other, vector));
    }

    internal static void AssertAddsUp(MatchExplanation match, SparseVector query, SparseVector document)
    {
        Assert.Equal(query.Dot(document), match.Score);
        Assert.Equal(match.Score, match.Terms.Sum(t => t.Contribution), 1e-5 * match.Score);
        Assert.Equal(match.TermCount > 0 ? 1 : 0, match.Terms.Sum(t => t.Share), 1e-9);
        Assert.All(match.Terms, t => Assert.Equal((query[t.Id], document[t.Id]), (t.Query.Weight, t.Document.Weight)));
        Assert.Equal(match.Terms.OrderByDescending(t => t.Contribution).ThenBy(t => t.Id), match.Terms);
        int[] unmatched = [.. query.Indices.ToArray().Where(id => document[id] == 0)];
        Assert.Equal(unmatched, match.UnmatchedTerms.Select(t => t.Id).Order());
        Assert.Equal((query.Count - unmatched.Length, unmatched.Length), (match.TermCount, match.UnmatchedCount));
    }

    private SparseVector Vector(params (string Token, float Weight)[] terms)
    {
        (int Id, float Weight)[] entries =
            [.. terms.Select(t => (Id: _engine.Vocabulary.TryGetId(t.Token, out int id) ? id : -1, t.Weight)).OrderBy(t => t.Id)];
        return new SparseVector([.. entries.Select(e => e.Id)], [.. entries.Select(e => e.Weight)], _engine.Vocabulary.Count);
    }

    private SparseVector Generate(Random random)
    {
        // Crowded into few dimensions, so that they meet; weights of all sizes.
        int[] indices = [.. Enumerable.Range(1000, 600).Where(_ => random.Next(3) == 0)];
        float[] values = Array.ConvertAll(indices, _ => MathF.Exp((6 * random.NextSingle()) - 4));
        return new SparseVector(indices, values, _engine.Vocabulary.Count);
    }
}
