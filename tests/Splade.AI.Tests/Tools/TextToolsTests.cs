using Microsoft.Extensions.Logging;
using Splade.AI.Explanation;
using Splade.AI.Tests.TestData;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class TextToolsTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string Text = "Chandrayaan-3 is India's third lunar mission";

    private readonly ToolCaller _sut = new(fixture.Engine);

    [Fact]
    public async Task EncodeAsync_Text_TellsTheHeaviestTermsOfItsVector()
    {
        SpladeEncoding expected = (await fixture.Engine.EncodeAsync([Text]))[0];
        IReadOnlyList<SparseTerm> terms = fixture.Engine.Decode(expected.Vector, 20);

        EncodeResult result = await _sut.EncodeAsync(Text);

        Assert.Null(result.Error);
        Assert.Equal(terms.Select(t => Math.Round((double)t.Weight, 3)), result.Terms!.Select(t => t.Weight));
        Assert.Equal(terms.Select(t => t.Token.Replace("##", "", StringComparison.Ordinal)), result.Terms!.Select(t => t.Term));
        Assert.Equal((expected.Vector.Count, expected.TokenCount, false), (result.TotalTerms, result.TokenCount, result.Truncated));
        Assert.Null(result.Note);
        Assert.True(Assert.Single(result.Terms!, t => t.Term == "lunar").Literal);
        Assert.Contains(result.Terms!, t => t.Literal == false);
    }

    [Fact]
    public async Task EncodeAsync_PiecesOfAWord_AreToldWithTheWord()
    {
        EncodeResult result = await _sut.EncodeAsync(Text, 50);

        string[] pieces = [.. result.Terms!.Where(t => t.PartOf == "Chandrayaan").Select(t => t.Term)];
        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Contains(piece, "chandrayaan", StringComparison.Ordinal));
        Assert.All(result.Terms!.Where(t => t.Literal == false), t => Assert.Null(t.PartOf));
        Assert.Null(result.Terms!.Single(t => t.Term == "lunar").PartOf);
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData(3, 3)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(100_000, 50)]
    public async Task EncodeAsync_Top_IsMovedIntoItsRange(int? top, int expected)
    {
        string text = string.Join(' ', ToolsFixture.Passages.Take(3).Select(p => p.Text));
        Assert.True((await _sut.EncodeAsync(text)).TotalTerms > 50);
        Assert.Equal(expected, (await _sut.EncodeAsync(text, top)).Terms!.Count);
    }

    [Fact]
    public async Task EncodeAsync_TextTooLongForTheModelOrTheOptions_IsReportedAsTruncated()
    {
        var shortSighted = new ToolCaller(fixture.Engine, new SpladeAIToolsOptions { MaxTextLength = 4 });

        EncodeResult byModel = await _sut.EncodeAsync(string.Join(' ', Enumerable.Repeat("moon", 600)));
        EncodeResult byOptions = await shortSighted.EncodeAsync("moon mars");
        EncodeResult whole = await shortSighted.EncodeAsync("moon");

        Assert.Equal((true, 512), (byModel.Truncated, byModel.TokenCount));
        Assert.Equal((true, 3), (byOptions.Truncated, byOptions.TokenCount));
        Assert.All([byModel, byOptions], r => Assert.Contains("end", r.Note, StringComparison.Ordinal));
        Assert.False(whole.Truncated);
        Assert.Equal(whole.Terms, byOptions.Terms);
    }

    [Fact]
    public async Task ExplainAsync_QueryAndDocument_TellsWhatTheEngineExplains()
    {
        MatchExplanation expected = await fixture.Engine.ExplainMatchAsync(
            "lunar world", "The moon of the Earth", new ExplanationOptions { Spans = false });

        ExplainResult result = await _sut.ExplainAsync("lunar world", "The moon of the Earth", 50);

        Assert.Null(result.Error);
        Assert.Equal(Math.Round(expected.Score, 3), result.Score!.Value, 1e-9);
        Assert.Equal((expected.TermCount, expected.UnmatchedCount), (result.TotalMatches, result.TotalUnmatched));
        Assert.Equal(expected.Terms.Take(50).Select(t => (t.Text, Math.Round(t.Contribution, 3), Math.Round((double)t.Query.Weight, 3))),
            result.Matches!.Select(t => (t.Term, t.Contribution, t.QueryWeight!.Value)));
        Assert.Equal(expected.Terms.Take(50).Select(t => t.RestsOnExpansion), result.Matches!.Select(t => !t.Literal));
        Assert.Equal(expected.UnmatchedTerms.Take(50).Select(t => t.Text), result.UnmatchedQueryTerms!.Select(t => t.Term));
        Assert.Equal(expected.Score, result.Matches!.Sum(t => t.Contribution), 0.001 * result.Matches!.Count);
        Assert.Equal(expected.Warning, result.Warning);
        Assert.Equal((false, false), (result.QueryTruncated, result.DocumentTruncated));
    }

    [Fact]
    public async Task ExplainAsync_Terms_TellWhichSideTheModelAddedThemTo()
    {
        ExplainResult result = await _sut.ExplainAsync("how do I clean the grinder?", "Refunds of grinders take five working days. They go to the card.");

        Assert.Equal(
            ["both", "document", "document", "query", null],
            new[] { "way", "how", "er", "to", "grind" }.Select(term => result.Matches!.Single(t => t.Term == term).ExpandedBy));
        Assert.Equal("grinder", result.Matches!.Single(t => t.Term == "er").PartOf);
        Assert.All(result.Matches!, t => Assert.Equal(t.Literal, t.ExpandedBy is null));
        Assert.InRange(result.ExpansionShare!.Value, 0.001, 0.999);
    }

    [Fact]
    public async Task ExplainAsync_LongTexts_SayWhichWasCut()
    {
        string much = string.Join(' ', Enumerable.Repeat("moon", 600));
        ExplainResult longQuery = await _sut.ExplainAsync(much, "moon"), longDocument = await _sut.ExplainAsync("moon", much);
        Assert.Equal((true, false), (longQuery.QueryTruncated, longQuery.DocumentTruncated));
        Assert.Equal((false, true), (longDocument.QueryTruncated, longDocument.DocumentTruncated));
    }

    [Fact]
    public async Task CompareAsync_Texts_RanksThemByScoreAndSaysWhy()
    {
        string[] texts = ["A recipe for bread.", "Mars is called the Red Planet.", "The red planet", "A recipe for bread."];
        CompareResult result = await _sut.CompareAsync("red planet", texts);

        Assert.Null(result.Error);
        Assert.Equal(4, result.Compared);
        Assert.Equal([1, 2, 3, 4], result.Ranking!.Select(r => r.Rank));
        Assert.Equal([0, 1, 2, 3], result.Ranking!.Select(r => r.Index).Order());
        Assert.Equal(result.Ranking!.Select(r => r.Score).OrderDescending(), result.Ranking!.Select(r => r.Score));
        Assert.Equal([0, 3], result.Ranking!.Select(r => r.Index).Skip(2));
        Assert.All(result.Ranking!, r => Assert.Equal(texts[r.Index], r.UntrustedText));
        Assert.InRange(result.Ranking![0].Reasons.Count, 2, 5);
        Assert.Contains(result.Ranking[0].Reasons, t => t is { Term: "red", Literal: true });
        MatchExplanation best = await fixture.Engine.ExplainMatchAsync("red planet", texts[result.Ranking[0].Index]);
        Assert.Equal(Math.Round(best.Score, 3), result.Ranking[0].Score, 1e-9);
        Assert.Contains("data", result.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompareAsync_Top_ReturnsTheBestOnly()
    {
        string[] texts = ["bread", "soup", "moon"];
        CompareResult result = await _sut.CompareAsync("moon", texts, 1);
        Assert.Equal((3, 2), (result.Compared, Assert.Single(result.Ranking!).Index));
        Assert.Equal(3, (await _sut.CompareAsync("moon", texts, 999)).Ranking!.Count);
    }

    [Fact]
    public async Task CompareAsync_LongText_ShowsThePlaceThatMatches()
    {
        string text = ToolsFixture.Passages.Single(p => p.Id == ToolsFixture.LongId).Text[11_000..];
        ComparedText found = Assert.Single((await _sut.CompareAsync("citric acid", [text])).Ranking!);
        Assert.Contains("citric acid", found.UntrustedText, StringComparison.Ordinal);
        Assert.InRange(found.UntrustedText.Length, 200, 302);
        Assert.True(found.Truncated);
    }

    [Fact]
    public async Task Members_WrongArguments_SayWhatToMend()
    {
        ToolResult[] results =
        [
            await _sut.EncodeAsync(null!),
            await _sut.EncodeAsync(" \n"),
            await _sut.EncodeAsync("moon", inputType: "passage"),
            await _sut.ExplainAsync("", "moon"),
            await _sut.ExplainAsync("moon", null!),
            await _sut.CompareAsync("moon", null!),
            await _sut.CompareAsync("moon", []),
            await _sut.CompareAsync("moon", ["moon", " "]),
            await _sut.CompareAsync("moon", [.. Enumerable.Repeat("moon", 21)]),
        ];

        string[] expected =
        [
            "'text' is", "'text' is", "'input_type' is 'passage'", "'query' is", "'document' is", "'documents' is missing", "'documents' is missing",
            "'documents[1]' is missing or blank", "'documents' has 21 texts, at most 20",
        ];
        Assert.All(results.Zip(expected), r => Assert.Contains(r.Second, r.First.Error, StringComparison.Ordinal));
        Assert.All(results, r => Assert.False(string.IsNullOrWhiteSpace(r.Hint)));
        Assert.Equal(new EncodeResult { Error = results[0].Error, Hint = results[0].Hint }, results[0]);
    }

    [Fact]
    public async Task Members_TextsThatTheEngineRefusesForTheirLength_SayWhatToMend()
    {
        var log = new TestLoggerFactory();
        await using SpladeEngine strict = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(EngineFixture.ModelFolder) { LoggerFactory = log, Encoding = { LongTextHandling = LongTextHandling.Throw, MaxTokens = 5 } });
        var sut = new ToolCaller(strict);

        ToolResult[] results = [await sut.EncodeAsync("a b c d e"), await sut.CompareAsync("a", ["b", "a b c d e"]), await sut.CompareAsync("a b c d e", ["a"])];

        Assert.All(results, r => Assert.Equal("A text has 7 tokens, and at most 5 are read.", r.Error));
        Assert.All(results, r => Assert.StartsWith("Shorten", r.Hint, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, e => e.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Members_InferenceFreeModel_LookQueriesUp()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "inference-free-idf"));
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        var sut = new ToolCaller(engine);

        EncodeResult query = await sut.EncodeAsync("moon", inputType: "QUERY");
        ExplainResult match = await sut.ExplainAsync("moon", "the moon");

        Assert.Equal((await engine.EncodeAsync(["moon"], new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }))[0].Vector.Count, query.TotalTerms);
        Assert.All(query.Terms!, t => Assert.True(t.Literal));
        Assert.Null(match.Error);
    }

    [Fact]
    public async Task EncodeAsync_ByteLevelVocabulary_TellsTermsAsPeopleWriteThem()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "random-roberta-bpe"));
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);

        EncodeResult result = await new ToolCaller(engine).EncodeAsync("The moon café", 50);

        Assert.NotEmpty(result.Terms!);
        Assert.All(result.Terms!, t => Assert.DoesNotContain('Ġ', t.Term));
    }
}
