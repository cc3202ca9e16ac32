using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>What the explanation of one text says.</summary>
public sealed class TextExplanationTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string Mission = "Chandrayaan-3 is India's third lunar mission";

    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public async Task ExplainAsync_Terms_AreThoseOfTheVectorByWeight()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Mission);
        SparseVector vector = (await _engine.EncodeAsync([Mission]))[0].Vector;
        ReferenceVectors.AssertSame(ReferenceVector.Of("mission", vector), explanation.Vector, 1e-5f);
        Assert.Equal(explanation.Vector.Terms(_engine.Vocabulary), explanation.Terms.Select(t => new SparseTerm(t.Id, t.Token, t.Weight)));
        Assert.Equal(explanation.Vector.Count, explanation.TermCount);
        Assert.Equal(1, explanation.Terms.Sum(t => t.Share), 1e-9);
    }

    [Fact]
    public async Task ExplainAsync_Origins_FollowTheTokensOfTheText()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Mission);
        int[] ids = _engine.Tokenizer.Encode(Mission, new TokenizationOptions { AddSpecialTokens = false }).Ids.ToArray();
        Assert.All(explanation.Terms, t => Assert.Equal(ids.Contains(t.Id) ? TermOrigin.Literal : TermOrigin.Expansion, t.Origin));
        Assert.Contains(explanation.Terms, t => t is { Token: "##ya", Origin: TermOrigin.Literal });
        Assert.Contains(explanation.Terms, t => t is { Token: "indian", Origin: TermOrigin.Expansion });
        double literal = explanation.Terms.Where(t => t.Origin == TermOrigin.Literal).Sum(t => (double)t.Weight);
        Assert.Equal(literal / explanation.Mass, explanation.LiteralShare, 1e-9);
        Assert.Equal(1, explanation.LiteralShare + explanation.ExpansionShare, 1e-9);
    }

    [Fact]
    public async Task ExplainAsync_LiteralTerms_SayWhereTheyStand()
    {
        const string Text = "Mars and Mars again, chandrayaan";
        TextExplanation explanation = await _engine.ExplainAsync(Text);
        ExplainedTerm mars = explanation.Terms.Single(t => t.Token == "mars");
        Assert.Equal([new TokenOffset(0, 4), new TokenOffset(9, 13)], mars.Occurrences);
        Assert.All(explanation.Terms, t => Assert.Equal(t.Origin == TermOrigin.Literal, t.Occurrences.Count > 0));
    }

    [Fact]
    public async Task ExplainAsync_WordInPieces_IsOneWordWithItsParts()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Mission);
        Assert.Equal(["Chandrayaan", "-", "3", "is", "India", "'", "s", "third", "lunar", "mission"], explanation.Words.Select(w => w.Text));
        ExplainedWord word = explanation.Words[0];
        Assert.Equal(["chandra", "##ya", "##an"], word.Parts.Select(p => p.Token));
        Assert.Equal(["chandra", "ya", "an"], word.Parts.Select(p => p.Text));
        Assert.Equal([new TokenOffset(0, 7), new TokenOffset(7, 9), new TokenOffset(9, 11)], word.Parts.Select(p => p.Span));
        Assert.Equal((1, 2, 3), (word.Parts[0].Position, word.Parts[1].Position, word.Parts[2].Position));
        Assert.All(word.Parts, p => Assert.Equal(explanation.Vector[p.Id], p.Weight));
        Assert.Equal(word.Parts.Sum(p => (double)p.Weight), word.Weight, 1e-9);
    }

    [Fact]
    public async Task ExplainAsync_Words_ProduceTheMassThatSpecialTokensDoNot()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Mission);
        double bySpecial = explanation.Terms.Where(t => t.Source?.Span is null).Sum(t => (double)t.Weight);
        Assert.Equal(explanation.Mass - bySpecial, explanation.Words.Sum(w => w.Produced!.Value), 1e-4);
        ExplainedWord lunar = explanation.Words.Single(w => w.Text == "lunar");
        Assert.Equal(explanation.Terms.Where(t => t.Source?.Span == lunar.Span).Sum(t => (double)t.Weight), lunar.Produced!.Value, 1e-6);
    }

    [Fact]
    public async Task ExplainAsync_RunnersUp_FollowTheSource()
    {
        TextExplanation explanation = await _engine.ExplainAsync(Mission, new ExplanationOptions { RunnersUp = 2 });
        Assert.All(explanation.Terms, t =>
        {
            Assert.InRange(t.RunnersUp.Count, 0, 2);
            TermSource[] all = [t.Source!.Value, .. t.RunnersUp];
            Assert.Equal(all.OrderByDescending(s => s.Activation).ThenBy(s => s.Position), all);
            Assert.Distinct(all.Select(s => s.Position));
        });
        Assert.Contains(explanation.Terms, t => t.RunnersUp.Count == 1);
        Assert.All((await _engine.ExplainAsync(Mission)).Terms, t => Assert.Empty(t.RunnersUp));
    }

    [Fact]
    public async Task ExplainAsync_Top_ListsTheHeaviestAndCountsAll()
    {
        TextExplanation all = await _engine.ExplainAsync(Mission);
        TextExplanation top = await _engine.ExplainAsync(Mission, new ExplanationOptions { Top = 3 });
        Assert.Equal(all.Terms.Take(3).Select(t => t.Id), top.Terms.Select(t => t.Id));
        Assert.Equal((all.TermCount, all.Mass, all.LiteralShare), (top.TermCount, top.Mass, top.LiteralShare));
        Assert.Equal(all.Words.Select(w => w.Produced), top.Words.Select(w => w.Produced));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n ")]
    public async Task ExplainAsync_TextWithoutWords_IsExplainedByItsSpecialTokens(string text)
    {
        TextExplanation explanation = await _engine.ExplainAsync(text);
        Assert.Equal((2, 0, 0.0), (explanation.TokenCount, explanation.Words.Count, explanation.LiteralShare));
        Assert.Empty(explanation.UnweightedTokens);
        Assert.All(explanation.Terms, t => Assert.Equal((TermOrigin.Expansion, (TokenOffset?)null), (t.Origin!.Value, t.Source!.Value.Span)));
    }

    [Fact]
    public void Explain_VectorWithoutTerms_HasNoShares()
    {
        TextExplanation explanation = _engine.Explain(new SparseVector([], [], _engine.Vocabulary.Count), "mars");
        Assert.Equal((0.0, 0.0, 0.0, 0), (explanation.Mass, explanation.LiteralShare, explanation.ExpansionShare, explanation.TermCount));
        Assert.Equal(["mars"], explanation.UnweightedTokens.Select(t => t.Token));
    }

    [Fact]
    public async Task ExplainAsync_Prompt_IsNeitherLiteralNorHasSpans()
    {
        var options = new ExplanationOptions { Encoding = new SpladeEncodingOptions { Prompt = "planets: " }, RunnersUp = 100 };
        TextExplanation explanation = await _engine.ExplainAsync("the red mars", options);
        SpladeEncoding encoding = (await _engine.EncodeAsync(["the red mars"], options.Encoding))[0];
        ReferenceVectors.AssertSame(ReferenceVector.Of("with prompt", encoding.Vector), explanation.Vector, 1e-5f);
        Assert.Equal(encoding.TokenCount, explanation.TokenCount);
        Assert.Equal(TermOrigin.Expansion, explanation.Terms.Single(t => t.Token == "planets").Origin);
        Assert.Equal(["the", "red", "mars"], explanation.Words.Select(w => w.Text));
        Assert.Equal([3, 4, 5], explanation.Words.Select(w => w.Parts[0].Position));
        Assert.All(explanation.Terms.SelectMany(t => t.RunnersUp.Append(t.Source!.Value)), s => Assert.Equal(s.Position is >= 3 and <= 5, s.Span is not null));
    }

    [Fact]
    public async Task ExplainAsync_SpecialTokenWrittenOut_IsNotLiteral()
    {
        const string Text = "[SEP] mars";
        TextExplanation explanation = await _engine.ExplainAsync(Text);
        int separator = _engine.Tokenizer.SpecialTokenIds.Single(id => _engine.Vocabulary[id] == "[SEP]");
        var vector = new SparseVector([separator], [1f], _engine.Vocabulary.Count);
        Assert.Equal(TermOrigin.Expansion, Assert.Single(_engine.Explain(vector, Text).Terms).Origin);
        Assert.Equal(["[SEP]", "mars"], explanation.Words.Select(w => w.Text));
    }

    [Fact]
    public async Task ExplainAsync_CutText_ExplainsWhatWasRead()
    {
        var options = new ExplanationOptions { Encoding = new SpladeEncodingOptions { MaxTokens = 4 } };
        TextExplanation explanation = await _engine.ExplainAsync("red planet mars", options);
        Assert.True(explanation.Truncated);
        Assert.Equal(4, explanation.TokenCount);
        Assert.Equal(["red", "planet"], explanation.Words.Select(w => w.Text));
        var mars = new SparseVector([_engine.Vocabulary.TryGetId("mars", out int id) ? id : -1], [1f], _engine.Vocabulary.Count);
        Assert.Equal(TermOrigin.Expansion, _engine.Explain(mars, "red planet mars", options).Terms[0].Origin);
        Assert.Equal(TermOrigin.Literal, _engine.Explain(mars, "red planet mars").Terms[0].Origin);
    }

    [Fact]
    public async Task ExplainAsync_LimitsOfTheVector_AreThoseOfEncoding()
    {
        var options = new ExplanationOptions { Encoding = new SpladeEncodingOptions { MaxActiveDimensions = 5 } };
        TextExplanation explanation = await _engine.ExplainAsync(Mission, options);
        Assert.Equal(5, explanation.TermCount);
        Assert.All(explanation.Terms, t => Assert.NotNull(t.Source));

        await using SpladeEngine without = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { DropSpecialTokens = true });
        int[] special = [.. _engine.Tokenizer.SpecialTokenIds];
        Assert.DoesNotContain((await without.ExplainAsync(Mission)).Terms, t => special.Contains(t.Id));
    }

    [Fact]
    public async Task ExplainAsync_ChangedVector_KeepsTheModelsSources()
    {
        // As a vocabulary policy does: one term is boosted, one is put in that the model does not give.
        SparseVector vector = (await _engine.EncodeAsync([Mission]))[0].Vector.TopK(3);
        int forced = Enumerable.Range(1000, 100).First(id => !vector.Indices.Contains(id) && id < vector.Indices[0]);
        var changed = new SparseVector([forced, .. vector.Indices], [9f, .. vector.Values.ToArray().Select(v => v * 2)], vector.Dimensions);
        TextExplanation explanation = await _engine.ExplainAsync(changed, Mission);
        Assert.Equal(forced, explanation.Terms[0].Id);
        Assert.Null(explanation.Terms[0].Source);
        Assert.All(explanation.Terms.Skip(1), t => Assert.Equal(t.Weight / 2, t.Source!.Value.Activation, 1e-5f));
    }

    [Fact]
    public async Task ExplainAsync_BadArguments_AreNamed()
    {
        var vector = new SparseVector([1], [1f], 10);
        await Assert.ThrowsAsync<ArgumentNullException>("text", () => _engine.ExplainAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("vector", () => _engine.ExplainAsync(null!, "mars"));
        Assert.Throws<ArgumentNullException>("text", () => _engine.Explain(vector, null!));
        ArgumentException error = Assert.Throws<ArgumentException>("vector", () => _engine.Explain(vector, "mars"));
        Assert.Contains("has 10 dimensions, expected 30522", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("Encoding", () => new ExplanationOptions { Encoding = null! });
        Assert.Throws<ArgumentNullException>("QueryEncoding", () => new ExplanationOptions { QueryEncoding = null! });
        Assert.Throws<ArgumentOutOfRangeException>("Top", () => new ExplanationOptions { Top = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("RunnersUp", () => new ExplanationOptions { RunnersUp = -1 });
        var longer = new ExplanationOptions { Encoding = new SpladeEncodingOptions { MaxTokens = 100_000 } };
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _engine.ExplainAsync("mars", longer));
    }
}
