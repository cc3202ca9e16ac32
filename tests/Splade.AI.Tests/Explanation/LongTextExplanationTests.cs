using Splade.AI.Explanation;
using Splade.AI.Policy;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>What explanations say of texts with more tokens than are read at once.</summary>
public sealed class LongTextExplanationTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string End = "Chandrayaan landed near the lunar pole, and a penguin stood in the snow.";

    private static readonly string LongText = $"{LongTexts.Create(seed: 3, characters: 6000)} {End}";
    private static readonly SpladeEncodingOptions Max = new() { LongTextHandling = LongTextHandling.SlidingWindowMax };
    private static readonly SpladeEncodingOptions Throw = new() { LongTextHandling = LongTextHandling.Throw };
    private static readonly ExplanationOptions InWindows = new() { Encoding = Max, QueryEncoding = Max };

    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public async Task ExplainAsync_LongText_IsExplainedToItsEnd()
    {
        SpladeEncoding encoding = (await _engine.EncodeAsync([LongText], Max))[0];
        TextExplanation explanation = await _engine.ExplainAsync(LongText, InWindows);
        ReferenceVectors.AssertSame(ReferenceVector.Of("long", encoding.Vector), explanation.Vector, 1e-5f);
        Assert.Equal((encoding.TokenCount, false), (explanation.TokenCount, explanation.Truncated));
        Assert.True(explanation.TokenCount > 1024);

        ExplainedTerm penguin = explanation.Terms.Single(t => t.Token == "penguin");
        Assert.Equal((TermOrigin.Literal, "penguin"), (penguin.Origin!.Value, Span(LongText, penguin)));
        Assert.Equal([LongText.IndexOf("penguin", StringComparison.Ordinal)], penguin.Occurrences.Select(o => o.Start));
        Assert.Contains(explanation.Words, w => w.Text == "Chandrayaan" && w.Parts.Count == 3 && w.Span.Start == LongText.IndexOf("Chandrayaan", StringComparison.Ordinal));
        Assert.Equal(TermOrigin.Expansion, (await _engine.ExplainAsync(encoding.Vector, LongText)).Terms.Single(t => t.Token == "penguin").Origin);
    }

    [Fact]
    public async Task ExplainAsync_LongText_EveryTokenIsThereOnceAndInItsPlace()
    {
        TextExplanation explanation = await _engine.ExplainAsync(LongText, InWindows);
        TokenizedText tokens = _engine.Tokenizer.Encode(LongText);
        ExplainedToken[] parts = [.. explanation.Words.SelectMany(w => w.Parts)];
        Assert.Equal(Enumerable.Range(1, tokens.Count - 2), parts.Select(p => p.Position));
        Assert.All(parts, p => Assert.Equal((tokens.Ids[p.Position], tokens.Offsets[p.Position]), (p.Id, p.Span)));
        Assert.All(explanation.Terms, t =>
        {
            TermSource source = t.Source!.Value;
            bool isOfText = source.Position > 0 && source.Position < tokens.Count - 1;
            Assert.Equal(isOfText ? tokens.Offsets[source.Position] : null, source.Span);
            Assert.Equal(t.Weight, source.Activation, 1e-6f);
            Assert.All(t.Occurrences, o => Assert.Equal(t.Text, LongText[o.Start..o.End].ToLowerInvariant()));
        });
        Assert.Equal(
            explanation.Mass - explanation.Terms.Where(t => t.Source!.Value.Span is null).Sum(t => (double)t.Weight),
            explanation.Words.Sum(w => w.Produced!.Value),
            1e-3);
        Assert.Contains(explanation.Terms, t => t.Source!.Value.Position > 512);
    }

    // Of several windows each has its own first and last token: they are told as one each.
    [Fact]
    public async Task ExplainAsync_SpecialTokensOfSeveralWindows_AreOneSource()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(FixtureModels.Folder("random-roberta-bpe"));
        var options = InWindows.With(e => { e.Encoding = Max.With(o => o.MaxTokens = 16); e.RunnersUp = int.MaxValue; });
        TextExplanation explanation = await engine.ExplainAsync(End, options);
        Assert.True(explanation.TokenCount > 16);
        Assert.All(explanation.Terms, t =>
        {
            TermSource[] all = [t.Source!.Value, .. t.RunnersUp];
            Assert.Distinct(all.Select(s => s.Position));
            Assert.All(all.Where(s => s.Position == 0 || s.Position == explanation.TokenCount - 1), s => Assert.Null(s.Span));
        });
        Assert.Contains(explanation.Terms, t => t.RunnersUp.Any(s => s.Position == 0) || t.Source!.Value.Position == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExplainAsync_TextThatFits_IsExplainedAsWithoutWindows(bool spans)
    {
        TextExplanation expected = await _engine.ExplainAsync(End, new ExplanationOptions { Spans = spans, RunnersUp = 3 });
        TextExplanation actual = await _engine.ExplainAsync(End, InWindows.With(e => { e.Spans = spans; e.RunnersUp = 3; }));
        ReferenceVectors.AssertSame(ReferenceVector.Of("fits", expected.Vector), actual.Vector, 1e-5f);
        Assert.Equal((expected.TokenCount, expected.Truncated), (actual.TokenCount, actual.Truncated));
        Assert.Equal(expected.Words.Select(w => (w.Text, w.Span)), actual.Words.Select(w => (w.Text, w.Span)));
        Assert.Equal(
            expected.Terms.Where(t => t.Weight > 1e-4).Select(t => (t.Id, t.Origin, t.Source?.Position)).Order(),
            actual.Terms.Where(t => t.Weight > 1e-4).Select(t => (t.Id, t.Origin, t.Source?.Position)).Order());
    }

    [Fact]
    public async Task ExplainAsync_PromptAndLimits_AreThoseOfEncoding()
    {
        SpladeEncodingOptions encoding = Max.With(o => { o.Prompt = "find: "; o.MaxTokens = 64; o.WindowOverlap = 20; o.MaxActiveDimensions = 30; });
        TextExplanation explanation = await _engine.ExplainAsync(LongText, InWindows.With(e => e.Encoding = encoding));
        SpladeEncoding expected = (await _engine.EncodeAsync([LongText], encoding))[0];
        ReferenceVectors.AssertSame(ReferenceVector.Of("prompt", expected.Vector), explanation.Vector, 1e-5f);
        Assert.Equal((expected.TokenCount, 30), (explanation.TokenCount, explanation.TermCount));
        Assert.Equal(3, explanation.Words[0].Parts[0].Position);
        Assert.All(explanation.Terms, t => Assert.NotNull(t.Source));
    }

    [Fact]
    public async Task ExplainAsync_OptionsOfTheEngine_HoldWhereTheCallDoesNotSay()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { LongTextHandling = LongTextHandling.SlidingWindowPassages } });
        Assert.Equal(_engine.Tokenizer.CountTokens(LongText), (await engine.ExplainAsync(LongText)).TokenCount);
        var truncate = new ExplanationOptions { Encoding = new SpladeEncodingOptions { LongTextHandling = LongTextHandling.Truncate } };
        Assert.Equal((512, true), await ReadAsync(engine.ExplainAsync(LongText, truncate)));

        static async Task<(int, bool)> ReadAsync(Task<TextExplanation> explain) => ((await explain).TokenCount, (await explain).Truncated);
    }

    [Fact]
    public async Task ExplainMatchAsync_LongDocument_FindsTheWordsOfItsEnd()
    {
        const string Query = "penguin snow";
        MatchExplanation match = await _engine.ExplainMatchAsync(Query, LongText, InWindows);
        MatchExplanationTests.AssertAddsUp(match, match.Query!.Vector, match.Document!.Vector);
        MatchedTerm penguin = match.Terms.Single(t => t.Token == "penguin");
        Assert.Equal((TermOrigin.Literal, "penguin", "penguin"), (penguin.Origin!.Value, Span(Query, penguin.Query), Span(LongText, penguin.Document)));
        Assert.False(match.Document.Truncated);
        Assert.DoesNotContain((await _engine.ExplainMatchAsync(Query, LongText)).Terms, t => t.RestsOnExpansion is false);

        MatchExplanation ofVectors = await _engine.ExplainMatchAsync(match.Query.Vector, match.Document.Vector, Query, LongText, InWindows);
        Assert.Equal(match.Terms.Select(Sides), ofVectors.Terms.Select(Sides));
        MatchExplanation withoutRun = _engine.ExplainMatch(match.Query.Vector, match.Document.Vector, Query, LongText, InWindows);
        Assert.Equal(match.ExpansionShare, withoutRun.ExpansionShare);
        Assert.Equal(match.Terms.Select(t => t.Document.Occurrences.Count), withoutRun.Terms.Select(t => t.Document.Occurrences.Count));

        static string Sides(MatchedTerm term) => $"{term.Id} {term.Contribution} {term.Origin} {term.Query.Source} {term.Document.Source}";
    }

    [Fact]
    public async Task ExplainMatchAsync_LongQuery_IsReadWhole()
    {
        MatchExplanation match = await _engine.ExplainMatchAsync(LongText, "a penguin in the snow", InWindows);
        Assert.Equal((_engine.Tokenizer.CountTokens(LongText), false), (match.Query!.TokenCount, match.Query.Truncated));
        Assert.Equal("penguin", Span(LongText, match.Terms.Single(t => t.Token == "penguin").Query));
    }

    [Fact]
    public async Task ExplainAsync_LookedUpQuery_IsReadWhole()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(FixtureModels.Folder("inference-free-idf"));
        SpladeEncodingOptions asQuery = Max.With(o => { o.InputType = EmbeddingInputType.Query; o.MaxTokens = 8; });
        TextExplanation explanation = await engine.ExplainAsync(LongText, InWindows.With(e => e.Encoding = asQuery));
        SpladeEncoding expected = (await engine.EncodeAsync([LongText], asQuery))[0];
        Assert.Equal(expected.Vector, explanation.Vector);
        Assert.Equal((expected.TokenCount, false), (explanation.TokenCount, explanation.Truncated));
    }

    [Fact]
    public async Task ExplainAsync_PolicyAndWindows_GiveTheVectorOfEncoding()
    {
        var policy = new VocabularyPolicy(
            new BoostRule(2) { Terms = ["chandrayaan"] }, new ForceRule(3) { Terms = ["penguin"] }, new BanRule { Terms = ["snow"] });
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = policy });
        TextExplanation explanation = await engine.ExplainAsync(LongText, InWindows);
        SpladeEncoding expected = (await engine.EncodeAsync([LongText], Max))[0];
        ReferenceVectors.AssertSame(ReferenceVector.Of("policy", expected.Vector), explanation.Vector, 1e-5f);
        Assert.Equal("forced to 3", Assert.Single(explanation.Terms.Single(t => t.Token == "penguin").PolicyEffects).ToString());
        Assert.Equal("snow", Assert.Single(explanation.BannedTerms).Token);
        Assert.Equal(explanation.BannedTerms, (await engine.ExplainAsync(expected.Vector, LongText, InWindows)).BannedTerms);
    }

    [Fact]
    public async Task Explanations_TextThatIsRefused_ThrowAsEncodingDoes()
    {
        var options = new ExplanationOptions { Encoding = Throw, QueryEncoding = Throw };
        ExplanationOptions withoutSpans = options.With(e => e.Spans = false);
        SparseVector vector = (await _engine.EncodeAsync(["snow"]))[0].Vector;
        int tokens = _engine.Tokenizer.CountTokens(LongText);
        Func<Task>[] ofDocument =
        [
            () => _engine.ExplainAsync(LongText, options),
            () => _engine.ExplainAsync(LongText, withoutSpans),
            () => _engine.ExplainAsync(vector, LongText, options),
            () => _engine.ExplainAsync(vector, LongText, withoutSpans),
            () => Task.Run(() => _engine.Explain(vector, LongText, options)),
            () => _engine.ExplainMatchAsync(LongText, "snow", options),
        ];
        foreach (Func<Task> call in ofDocument)
        {
            TextTooLongException error = await Assert.ThrowsAsync<TextTooLongException>(call);
            Assert.Equal((0, tokens, 512), (error.Position, error.TokenCount, error.MaxTokens));
        }

        Assert.Equal(1, (await Assert.ThrowsAsync<TextTooLongException>(() => _engine.ExplainMatchAsync("snow", LongText, withoutSpans))).Position);
        Assert.Equal(1, Assert.Throws<TextTooLongException>(() => _engine.ExplainMatch(vector, vector, "snow", LongText, options)).Position);
        Assert.False((await _engine.ExplainAsync(End, options)).Truncated);
    }

    [Fact]
    public async Task Explanations_LookedUpQueryThatIsRefused_ThrowAsEncodingDoes()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(FixtureModels.Folder("inference-free-idf"));
        var options = new ExplanationOptions { Encoding = Throw.With(o => { o.InputType = EmbeddingInputType.Query; o.MaxTokens = 5; }) };
        var empty = new SparseVector([], [], engine.Vocabulary.Count);
        int tokens = engine.Tokenizer.CountTokens(End, new TokenizationOptions { AddSpecialTokens = false });
        Assert.Equal(tokens, (await Assert.ThrowsAsync<TextTooLongException>(() => engine.ExplainAsync(End, options))).TokenCount);
        Assert.Equal(tokens, Assert.Throws<TextTooLongException>(() => engine.Explain(empty, End, options)).TokenCount);
    }

    [Fact]
    public async Task ExplainAsync_CancelledBetweenWindows_Ends()
    {
        using var source = new CancellationTokenSource();
        Task<TextExplanation> long1 = _engine.ExplainAsync(LongTexts.Create(seed: 4, characters: 400_000), InWindows, source.Token);
        await _engine.ExplainAsync(LongText, InWindows);
        Assert.False(long1.IsCompleted);
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => long1)).CancellationToken);
        Assert.NotNull((await _engine.ExplainAsync("still here")).Terms[0].Source);
    }

    [Fact]
    public async Task ExplainAsync_PromptThatLeavesNoRoom_IsRefused()
    {
        var options = InWindows.With(e => e.Encoding = Max.With(o => { o.MaxTokens = 8; o.Prompt = "find the red planet mars and its moons: "; }));
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => _engine.ExplainAsync(LongText, options));
        Assert.Contains("Shorten the prompt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renderings_OfALongDocument_HighlightTheWordsOfItsEnd()
    {
        MatchExplanation match = await _engine.ExplainMatchAsync("penguin snow", LongText, InWindows);
        Assert.Matches("<mark [^>]*>penguin</mark>", match.ToHtml());
        Assert.DoesNotContain("<span class=\"splade-unread\"", match.ToHtml());
        Assert.Matches("penguin +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ % +█* *[▏▎▍▌▋▊▉]? += penguin +=", match.ToText());
        ReportRun[] document = [.. match.ToReport().Texts[1].Runs];
        Assert.Single(document, run => run is { Text: "penguin", Intensity: > 0 });
        Assert.Contains("snow", string.Concat(document.Select(run => run.Text)));
        Assert.Contains($"\"span\":[{LongText.IndexOf("penguin", StringComparison.Ordinal)},", match.ToJson());
    }

    private static string Span(string text, ExplainedTerm term) => text[term.Source!.Value.Span!.Value.Start..term.Source.Value.Span.Value.End];
}
