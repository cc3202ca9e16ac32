using Splade.AI.Explanation;
using Splade.AI.Lexical;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Bm25;

/// <summary>Explanations are exact: stems, places, frequencies, weights, and the score.</summary>
public sealed class Bm25ExplanationTests : IDisposable
{
    private const string Text = "Studies of İstanbul: studying the study_1, études & Studied";

    private readonly Bm25EmbeddingGenerator _sut = new();

    public void Dispose() => _sut.Dispose();

    [Fact]
    public void Explain_Text_TellsStemsPlacesAndWeights()
    {
        TextExplanation explanation = _sut.Explain(Text);
        ExplainedTerm studi = explanation.Terms[0];
        Assert.Equal(("studi", "studi", TermOrigin.Literal), (studi.Token, studi.Text, studi.Origin));
        Assert.Equal(["Studies", "studying", "Studied"], studi.Occurrences.Select(At));
        Assert.Equal(3 * 2.2f / (3 + (1.2f * (.25f + (.75f * 6 / 256)))), studi.Weight, 1e-6f);
        Assert.Equal(["stanbul", "studi", "study_1", "étude"], explanation.Terms.Select(t => t.Token).Order(StringComparer.Ordinal));
        Assert.Equal(6, explanation.TokenCount);
        Assert.Equal(["of", "i", "the"], explanation.UnweightedTokens.Select(t => t.Token));
        Assert.Equal(["Studies", "of", "İ", "stanbul", "studying", "the", "study_1", "études", "Studied"], explanation.Words.Select(w => w.Text));
        Assert.Equal((1, 0), (explanation.LiteralShare, explanation.ExpansionShare));
    }

    [Fact]
    public void Explain_EveryReferenceText_IsOfItsVector()
    {
        foreach (Bm25Reference reference in Bm25Reference.Read("bm25-english.jsonl"))
        {
            TextExplanation explanation = _sut.Explain(reference.Text);
            Bm25Reference.AssertAgrees(reference.Document, explanation.Vector);
            Assert.Equal(explanation.Vector.Indices.ToArray(), explanation.Terms.Select(t => t.Id).Order());
            Assert.Equal(reference.Length, explanation.Terms.Sum(t => t.Occurrences.Count));
            Assert.All(explanation.Terms, t => Assert.All(
                t.Occurrences, o => Assert.Equal(t.Token, WordStemmer.English.Stem(LowerCase.Of(reference.Text[o.Start..o.End])))));
            Assert.Equal(1, explanation.Terms.Sum(t => t.Share), explanation.Terms.Count == 0 ? 1 : 1e-5);
        }
    }

    [Fact]
    public void ExplainMatch_WithIdf_IsTheScoreOfTheStore()
    {
        MatchExplanation match = _sut.ExplainMatch("studies in Istanbul or Rome", Text, dimension => dimension % 7 + 1);
        MatchedTerm studi = match.Terms.Single(t => t.Token == "studi");
        Assert.Equal(studi.Id % 7 + 1, studi.Query.Weight);
        Assert.Equal((double)studi.Query.Weight * studi.Document.Weight, studi.Contribution);
        Assert.Equal(match.Terms.Sum(t => t.Contribution), match.Score, 1e-5);
        Assert.Equal((TermOrigin.Literal, 0d), (studi.Origin, match.ExpansionShare));
        Assert.Equal(["istanbul", "rome"], match.UnmatchedTerms.Select(t => t.Token).Order(StringComparer.Ordinal));
        Assert.Equal("studies", match.Query!.Text[studi.Query.Occurrences[0].Start..studi.Query.Occurrences[0].End]);
        Assert.Equal(3, studi.Document.Occurrences.Count);
        Assert.Equal(match.Score, match.Query.Vector.Dot(match.Document!.Vector));
    }

    [Fact]
    public void ExplainMatch_WithoutIdf_CountsEachTermOfTheQueryOnce()
    {
        MatchExplanation match = _sut.ExplainMatch("study study", Text);
        Assert.Equal(1f, Assert.Single(match.Terms).Query.Weight);
        Assert.Equal(match.Terms[0].Document.Weight, match.Score);
        Assert.Empty(_sut.ExplainMatch("study", Text, _ => 0).Terms);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ExplainMatch_IdfThatIsNoWeight_IsRefused(double idf) => Assert.Contains(
        "expected a finite number that is not below 0",
        Assert.Throws<ArgumentException>(() => _sut.ExplainMatch("study", Text, _ => idf)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Explain_Options_DecideOnSideAndLength()
    {
        Assert.Single(_sut.Explain(Text, new ExplanationOptions { Top = 1 }).Terms);
        Assert.All(_sut.Explain(Text, new ExplanationOptions { Encoding = { InputType = EmbeddingInputType.Query } }).Terms, t => Assert.Equal(1, t.Weight));
        Assert.Equal(2, _sut.Explain(Text, new ExplanationOptions { Encoding = { MaxActiveDimensions = 2 } }).Vector.Count);
        Assert.Throws<ArgumentException>(() => _sut.Explain(Text, new ExplanationOptions { Encoding = { MaxTokens = 2 } }));
        Assert.Equal(0, _sut.Explain("").TermCount);
    }

    [Fact]
    public void ToText_Explanation_ShowsWordsThatTermsComeFrom()
    {
        using var cjk = new Bm25EmbeddingGenerator(new Bm25Options { WordCutter = WordCutter.WordsAndCjkBigrams });
        Assert.Contains("studi", _sut.Explain(Text).ToText(), StringComparison.Ordinal);
        Assert.Contains("= Studies", _sut.ExplainMatch("study", Text).ToText(), StringComparison.Ordinal);
        Assert.Contains("東京", cjk.Explain("東京都").ToHtml(), StringComparison.Ordinal);
        Assert.Contains("\"term\":\"studi\"", _sut.ExplainMatch("study", Text).ToJson(), StringComparison.Ordinal);
    }

    private static string At(TokenOffset place) => Text[place.Start..place.End];
}
