using Splade.AI.Explanation;

namespace Splade.AI.Tests.Explanation;

/// <summary>Published vectors and sums, explained: the arithmetic needs no model.</summary>
public sealed class SeedFactsTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string Mission = "Chandrayaan-3 is India's third lunar mission";
    private const string Question = "What's the weather in ny now?";
    private const string Answer = "Currently New York is rainy.";

    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public void Explain_FastEmbedsDocument_NineOfThirtyFourTermsAreLiteral()
    {
        TextExplanation explanation = _engine.Explain(KnownDocument.Vector, Mission);
        Assert.Equal(34, explanation.TermCount);
        Assert.Equal(22.21915, explanation.Mass, 1e-4);
        Assert.Equal(
            ["chandra", "third", "##ya", "india", "3", "mission", "lunar", "##an", "-"],
            explanation.Terms.Where(t => t.Origin == TermOrigin.Literal).Select(t => t.Token));
        Assert.Equal(0.5173, explanation.LiteralShare, 5e-5);
        Assert.Equal(11.49486, explanation.LiteralShare * explanation.Mass, 1e-4);
        Assert.Equal(25, explanation.Terms.Count(t => t.Origin == TermOrigin.Expansion));
    }

    [Fact]
    public void Explain_FastEmbedsDocument_LabelsWhatItsPageGotWrong()
    {
        TextExplanation explanation = _engine.Explain(KnownDocument.Vector, Mission);
        ExplainedTerm three = explanation.Terms.Single(t => t.Token == "3");
        Assert.Equal(TermOrigin.Literal, three.Origin);
        Assert.Equal("3", Mission[three.Occurrences[0].Start..three.Occurrences[0].End]);
        Assert.Equal(TermOrigin.Expansion, explanation.Terms.Single(t => t.Token == "moon").Origin);
        Assert.Equal(["is", "'", "s"], explanation.UnweightedTokens.Select(t => t.Token));
    }

    [Fact]
    public void Explain_FastEmbedsDocument_ReadsAsWords()
    {
        ExplainedWord word = _engine.Explain(KnownDocument.Vector, Mission).Words[0];
        Assert.Equal("Chandrayaan", word.Text);
        Assert.Equal([1.71639752f, 1.53519952f, 1.01519883f], word.Parts.Select(p => p.Weight));
        Assert.Equal(4.26679587, word.Weight, 1e-6);
    }

    [Fact]
    public void ExplainMatch_OpenSearchDocV2_IsItsWorkedSum()
    {
        MatchExplanation match = Explain(
            [("ny", 5.7729f, 1.4109f), ("weather", 4.5684f, 1.4673f), ("now", 3.5895f, .7473f)]);
        Assert.Equal(17.5306, match.Score, 1e-3);
        Assert.Equal(["ny", "weather", "now"], match.Terms.Select(t => t.Token));
        Assert.Equal([8.1450, 6.7032, 2.6824], match.Terms.Select(t => Math.Round(t.Contribution, 4)));
    }

    [Fact]
    public void ExplainMatch_OpenSearchDocV3_IsItsWorkedSumAndRestsOnExpansion()
    {
        MatchExplanation match = Explain(
            [
                ("ny", 5.7729f, .8049f), ("weather", 4.5684f, .9710f), ("now", 3.5895f, .4720f),
                ("?", 3.3313f, .0286f), ("what", 2.7699f, .0787f), ("in", .4989f, .0417f),
            ]);
        Assert.Equal(11.1108, match.Score, 1e-3);
        Assert.Equal(["ny", "weather", "now", "what", "?", "in"], match.Terms.Select(t => t.Token));
        Assert.Equal([4.6466, 4.4359, 1.6942, .2180, .0953, .0208], match.Terms.Select(t => Math.Round(t.Contribution, 4)));
        Assert.All(match.Terms, t => Assert.Equal((TermOrigin.Literal, TermOrigin.Expansion), (t.Query.Origin!.Value, t.Document.Origin!.Value)));
        Assert.Equal(1, match.ExpansionShare!.Value, 1e-9);
        Assert.NotNull(match.Warning);
        Assert.Equal(["'", "s", "the"], match.Query!.UnweightedTokens.Select(t => t.Token));
    }

    private MatchExplanation Explain((string Token, float Query, float Document)[] terms)
    {
        (int Id, float Query, float Document)[] entries =
            [.. terms.Select(t => (Id: _engine.Vocabulary.TryGetId(t.Token, out int id) ? id : -1, t.Query, t.Document)).OrderBy(t => t.Id)];
        int[] ids = [.. entries.Select(e => e.Id)];
        var query = new SparseVector(ids, [.. entries.Select(e => e.Query)], _engine.Vocabulary.Count);
        var document = new SparseVector(ids, [.. entries.Select(e => e.Document)], _engine.Vocabulary.Count);
        return _engine.ExplainMatch(query, document, Question, Answer);
    }
}
