using Splade.AI.Explanation;
using Splade.AI.Onnx;
using Splade.AI.Policy;

namespace Splade.AI.Tests.Explanation;

/// <summary>What explanations say of a vocabulary policy.</summary>
public sealed class PolicyExplanationTests : IAsyncLifetime
{
    private const string Document = "The tide of the ocean lifts the XJ-900.";
    private const string Query = "ocean tide";

    private static readonly VocabularyPolicy Policy = new(
        new BanRule { Patterns = ["##*"], AppliesTo = EmbeddingInputType.Document },
        new BanRule { Terms = ["the", "of"] },
        new BoostRule(2) { Terms = ["tide", "sea"] },
        new SynonymRule(["bread", "wave"], .5) { Terms = ["ocean"] },
        new ForceRule(3) { Terms = ["XJ-900"] });

    private static readonly ExplanationOptions WithoutSpans = new() { Spans = false };

    private SpladeEngine _engine = null!;

    public async Task InitializeAsync() => _engine = await CreateAsync(null);

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData(DecoderPlace.TiledGraph, true)]
    [InlineData(DecoderPlace.PlainGraph, true)]
    internal async Task ExplainAsync_Text_TellsWhatThePolicyDid(DecoderPlace? place, bool spans)
    {
        await using SpladeEngine engine = await CreateAsync(place);
        TextExplanation explanation = await engine.ExplainAsync(Document, new ExplanationOptions { Spans = spans });
        PolicyOutcome expected = await OutcomeAsync(Document);
        ReferenceVectors.AssertSame(ReferenceVector.Of("policy", (await engine.EncodeAsync([Document]))[0].Vector), explanation.Vector, 1e-5f);
        ReferenceVectors.AssertSame(ReferenceVector.Of("outcome", expected.Vector), explanation.Vector, 1e-5f);
        Assert.All(explanation.Terms, t => Assert.Equal(expected.On(t.Id).Select(e => e.ToString()), t.PolicyEffects.Select(e => e.ToString())));
        Assert.Equal(["boosted x2"], Effects(explanation, "tide"));
        Assert.Equal(["forced to 3"], Effects(explanation, "900"));
        Assert.Equal(["synonym of ocean x0.5"], Effects(explanation, "bread"));
        Assert.Empty(Effects(explanation, "ocean"));
        Assert.Equal(
            expected.Effects.Where(e => e.Action == PolicyAction.Banned && expected.Vector[e.Id] == 0).Select(e => e.Token).Order(),
            explanation.BannedTerms.Select(e => e.Token).Order());
        Assert.Equal(explanation.BannedTerms.OrderByDescending(e => e.Before), explanation.BannedTerms);
        Assert.DoesNotContain(explanation.BannedTerms, e => explanation.Vector[e.Id] > 0);
    }

    [Fact]
    public async Task ExplainAsync_TermsOfThePolicyAlone_AreNoExpansion()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Document);
        ExplainedTerm bread = Term(explanation, "bread");
        Assert.Equal((TermOrigin.Policy, null, 0, 0), (bread.Origin!.Value, bread.Source, bread.RunnersUp.Count, bread.Occurrences.Count));
        Assert.Equal(TermOrigin.Literal, Term(explanation, "900").Origin);
        Assert.Equal(explanation.Terms.Where(t => t.Origin == TermOrigin.Policy).Sum(t => t.Share), explanation.PolicyShare, 1e-9);
        Assert.True(explanation.PolicyShare >= bread.Share);
        Assert.Equal(1, explanation.LiteralShare + explanation.ExpansionShare + explanation.PolicyShare, 1e-9);
        Assert.Equal(TermOrigin.Literal, Term(await _engine.ExplainAsync("bread and ocean"), "bread").Origin);
    }

    // What the model gives too is its expansion, even if a synonym raised it.
    [Fact]
    public async Task ExplainAsync_ExpansionRaisedByASynonym_StaysAnExpansion()
    {
        await using SpladeEngine engine = await CreateAsync(null, new VocabularyPolicy(new SynonymRule("ocean", "sea", 1.5)));
        ExplainedTerm sea = Term(await engine.ExplainAsync("ocean"), "sea");
        Assert.Equal((TermOrigin.Expansion, "ocean"), (sea.Origin!.Value, "ocean"[sea.Source!.Value.Span!.Value.Start..sea.Source.Value.Span.Value.End]));
        PolicyEffect effect = Assert.Single(sea.PolicyEffects);
        Assert.True(effect.Before > 0 && effect.After == sea.Weight);
    }

    [Fact]
    public async Task ExplainAsync_BannedAndForced_IsATermWithBothEffects()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Document);
        ExplainedTerm piece = Term(explanation, "##j");
        Assert.Equal([PolicyAction.Banned, PolicyAction.Forced], piece.PolicyEffects.Select(e => e.Action));
        Assert.Equal((TermOrigin.Literal, 3f), (piece.Origin!.Value, piece.Weight));
        Assert.DoesNotContain(explanation.BannedTerms, e => e.Token == "##j");
    }

    [Fact]
    public async Task ExplainAsync_BoostedTerms_HaveTheModelsActivations()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Document);
        Assert.Equal(Term(explanation, "tide").Weight / 2, Term(explanation, "tide").Source!.Value.Activation, 1e-5f);
        Assert.Equal(Term(explanation, "ocean").Weight, Term(explanation, "ocean").Source!.Value.Activation, 1e-5f);
    }

    [Fact]
    public async Task ExplainAsync_TermsThatAreCutOffAfterwards_AreNotTold()
    {
        var three = new ExplanationOptions { Encoding = new SpladeEncodingOptions { MaxActiveDimensions = 3 } };
        TextExplanation all = await _engine.ExplainAsync(Document);
        TextExplanation cut = await _engine.ExplainAsync(Document, three);
        Assert.Equal(all.Terms.Take(3).Select(t => t.Id), cut.Terms.Select(t => t.Id));
        Assert.Equal(all.BannedTerms.Select(e => e.Id), cut.BannedTerms.Select(e => e.Id));
    }

    [Theory]
    [InlineData(EmbeddingInputType.Document)]
    [InlineData(EmbeddingInputType.Query)]
    public async Task ExplainAsync_RulesOfOneSide_AreToldThereOnly(EmbeddingInputType inputType)
    {
        await using SpladeEngine engine = await CreateAsync(null, new VocabularyPolicy(new BoostRule(2) { Terms = ["tide"], AppliesTo = EmbeddingInputType.Query }));
        var options = new ExplanationOptions { Encoding = new SpladeEncodingOptions { InputType = inputType } };
        Assert.Equal(inputType == EmbeddingInputType.Query ? 1 : 0, Term(await engine.ExplainAsync("tide", options), "tide").PolicyEffects.Count);
    }

    [Fact]
    public async Task ExplainAsync_EngineWithoutPolicy_TellsNone()
    {
        await using SpladeEngine plain = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        TextExplanation explanation = await plain.ExplainAsync(Document);
        Assert.All(explanation.Terms, t => Assert.Empty(t.PolicyEffects));
        Assert.Equal((0, 0.0), (explanation.BannedTerms.Count, explanation.PolicyShare));
    }

    // Whether a vector is under the policy is told by its weights, which takes the model's own.
    [Fact]
    public async Task ExplainAsync_VectorThatIsThere_IsToldIfItIsTheTexts()
    {
        TextExplanation expected = await _engine.ExplainAsync(Document);
        SparseVector vector = (await _engine.EncodeAsync([Document]))[0].Vector;
        AssertSameEffects(expected, await _engine.ExplainAsync(vector, Document), vector.Count);
        AssertSameEffects(expected, await _engine.ExplainAsync(vector.TopK(5), Document), 5);
        SparseVector halfPrecision = new(vector.Indices.ToArray(), [.. vector.Values.ToArray().Select(v => (float)(Half)v)], vector.Dimensions);
        AssertSameEffects(expected, await _engine.ExplainAsync(halfPrecision, Document), vector.Count);
    }

    [Fact]
    public async Task Explain_VectorOfUnknownMaking_TellsNothing()
    {
        await using SpladeEngine plain = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        await using SpladeEngine inGraph = await CreateAsync(DecoderPlace.TiledGraph);
        SparseVector vector = (await _engine.EncodeAsync([Document]))[0].Vector;
        SparseVector changed = new(vector.Indices.ToArray(), [.. vector.Values.ToArray().Select(v => v * 1.1f)], vector.Dimensions);
        TextExplanation[] explanations =
        [
            await _engine.ExplainAsync((await plain.EncodeAsync([Document]))[0].Vector, Document),
            await _engine.ExplainAsync(changed, Document),
            await _engine.ExplainAsync(vector, "Another text of the ocean."),
            await _engine.ExplainAsync(vector, Document, WithoutSpans),
            await inGraph.ExplainAsync(vector, Document),
            _engine.Explain(vector, Document),
        ];
        Assert.All(explanations, explanation =>
        {
            Assert.All(explanation.Terms, t => Assert.Empty(t.PolicyEffects));
            Assert.DoesNotContain(explanation.Terms, t => t.Origin == TermOrigin.Policy);
            Assert.Equal((0, 0.0), (explanation.BannedTerms.Count, explanation.PolicyShare));
        });
    }

    [Fact]
    public async Task Explain_LookedUpQueries_AreToldInEveryForm()
    {
        var policy = new VocabularyPolicy(
            new BanRule { Terms = ["the"] }, new BoostRule(2) { Terms = ["theory"] }, new SynonymRule("theory", "thermal", .5));
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(FixtureModels.Folder("inference-free-idf")) { Policy = policy });
        var asQuery = new ExplanationOptions { Encoding = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query } };
        const string Text = "the theory";
        SparseVector vector = (await engine.EncodeAsync([Text], asQuery.Encoding))[0].Vector;
        TextExplanation[] explanations =
            [await engine.ExplainAsync(Text, asQuery), await engine.ExplainAsync(vector, Text, asQuery), engine.Explain(vector, Text, asQuery)];
        Assert.All(explanations, explanation =>
        {
            Assert.Equal(vector, explanation.Vector);
            Assert.Equal(["boosted x2"], Effects(explanation, "theory"));
            Assert.Equal((TermOrigin.Policy, null), (Term(explanation, "thermal").Origin!.Value, Term(explanation, "thermal").Source));
            Assert.Equal("the", Assert.Single(explanation.BannedTerms).Token);
        });
    }

    [Fact]
    public async Task ExplainMatchAsync_UnderThePolicy_AddsUpToTheScore()
    {
        foreach (string document in ReferenceVectors.Read("encode-passages.jsonl").Where((_, i) => i % 8 == 0).Select(line => line.Text).Append(Document))
        {
            MatchExplanation match = await _engine.ExplainMatchAsync(Query, document);
            MatchExplanationTests.AssertAddsUp(match, match.Query!.Vector, match.Document!.Vector);
            double literal = match.Terms.Where(t => t.Origin == TermOrigin.Literal).Sum(t => t.Share);
            Assert.Equal(match.TermCount > 0 ? 1 : 0, literal + (match.ExpansionShare ?? 0) + (match.PolicyShare ?? 0), 1e-9);
            Assert.All(match.Terms, t => Assert.Equal(t.Origin == TermOrigin.Expansion, t.RestsOnExpansion));
        }
    }

    [Fact]
    public async Task ExplainMatchAsync_EffectsOfBothSides_AreTold()
    {
        MatchExplanation match = await _engine.ExplainMatchAsync(Query, Document);
        MatchedTerm tide = match.Terms.Single(t => t.Token == "tide");
        Assert.Equal(("boosted x2", "boosted x2"), (Assert.Single(tide.Query.PolicyEffects).ToString(), Assert.Single(tide.Document.PolicyEffects).ToString()));
        Assert.Contains(match.Document!.BannedTerms, e => e.Token == "the");
        Assert.Empty(match.Query!.BannedTerms);
    }

    [Theory]
    [InlineData("ocean", "bread", 1.0, "rests on the vocabulary policy:")]
    [InlineData("bread", "ocean", 1.0, "rests on the vocabulary policy:")]
    [InlineData("bread", "bread", 0.0, null)]
    public async Task ExplainMatchAsync_TextsThatMeetInASynonym_RestOnThePolicy(string query, string document, double share, string? warning)
    {
        await using SpladeEngine engine = await CreateAsync(null, new VocabularyPolicy(new SynonymRule("ocean", "bread", 1)));
        var options = new ExplanationOptions { Encoding = Heaviest(document), QueryEncoding = Heaviest(query) };
        MatchExplanation match = await engine.ExplainMatchAsync(query, document, options);
        MatchedTerm bread = Assert.Single(match.Terms);
        Assert.Equal(("bread", false), (bread.Token, bread.RestsOnExpansion!.Value));
        Assert.Equal((share, 0.0), (match.PolicyShare!.Value, match.ExpansionShare!.Value));
        Assert.Equal(warning is null, match.Warning is null);
        Assert.Contains(warning ?? "", match.Warning ?? "", StringComparison.Ordinal);

        // The word, and of the ocean its synonym.
        static SpladeEncodingOptions Heaviest(string text) => new() { MaxActiveDimensions = text == "ocean" ? 2 : 1 };
    }

    [Fact]
    public async Task ExplainMatchAsync_ExpansionAndPolicy_AreBothInTheWarning()
    {
        MatchExplanation match = await _engine.ExplainMatchAsync("bread tides", "ocean tide");
        Assert.Equal(1, match.ExpansionShare!.Value + match.PolicyShare!.Value, 1e-9);
        Assert.InRange(match.PolicyShare.Value, 0.01, 0.99);
        Assert.Contains("rests on expansion and the vocabulary policy:", match.Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TermOrigin.Literal, TermOrigin.Literal, TermOrigin.Literal)]
    [InlineData(TermOrigin.Literal, TermOrigin.Policy, TermOrigin.Policy)]
    [InlineData(TermOrigin.Policy, TermOrigin.Policy, TermOrigin.Policy)]
    [InlineData(TermOrigin.Policy, TermOrigin.Expansion, TermOrigin.Expansion)]
    [InlineData(TermOrigin.Literal, TermOrigin.Expansion, TermOrigin.Expansion)]
    [InlineData(null, TermOrigin.Expansion, TermOrigin.Expansion)]
    [InlineData(null, TermOrigin.Policy, null)]
    [InlineData(null, TermOrigin.Literal, null)]
    [InlineData(null, null, null)]
    public void Origin_OfAMatchedTerm_IsWhatMadeTheTwoMeet(TermOrigin? one, TermOrigin? other, TermOrigin? expected)
    {
        Assert.Equal(expected, Matched(one, other).Origin);
        Assert.Equal(expected, Matched(other, one).Origin);
        Assert.Equal(expected is null ? null : expected == TermOrigin.Expansion, Matched(one, other).RestsOnExpansion);

        static MatchedTerm Matched(TermOrigin? query, TermOrigin? document) =>
            new() { Query = Term(query), Document = Term(document), Contribution = 1, Share = 1 };

        static ExplainedTerm Term(TermOrigin? origin) => new() { Id = 1, Token = "a", Text = "a", Weight = 1, Share = 1, Origin = origin };
    }

    private static async Task<SpladeEngine> CreateAsync(DecoderPlace? place, VocabularyPolicy? policy = null) =>
        await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { DecoderPlace = place, Policy = policy ?? Policy });

    private static ExplainedTerm Term(TextExplanation explanation, string token) => explanation.Terms.Single(t => t.Token == token);

    private static IEnumerable<string> Effects(TextExplanation explanation, string token) =>
        Term(explanation, token).PolicyEffects.Select(e => e.ToString());

    private static void AssertSameEffects(TextExplanation expected, TextExplanation actual, int count)
    {
        Assert.Equal(count, actual.TermCount);
        Assert.Equal(expected.Terms.Take(count).Select(Told), actual.Terms.Select(Told));
        Assert.Equal(expected.BannedTerms.Select(e => e.ToString()), actual.BannedTerms.Select(e => e.ToString()));

        static string Told(ExplainedTerm term) => $"{term.Id} {term.Origin} {string.Join(", ", term.PolicyEffects)}";
    }

    // The model's own vector under the policy, without the engine's doing.
    private static async Task<PolicyOutcome> OutcomeAsync(string text)
    {
        await using SpladeEngine plain = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        SparseVector vector = (await plain.EncodeAsync([text]))[0].Vector;
        return Policy.Bind(plain.Tokenizer).Trace(vector, plain.Tokenizer.Encode(text, new() { AddSpecialTokens = false }).Ids, EmbeddingInputType.Document);
    }
}
