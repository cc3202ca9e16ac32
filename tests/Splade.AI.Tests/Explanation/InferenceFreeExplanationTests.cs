using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>Queries that are looked up in a table: every term is a token of the query, and nothing is run to know which.</summary>
public sealed class InferenceFreeExplanationTests : IAsyncLifetime
{
    private static readonly ExplanationOptions AsQuery = new() { Encoding = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }, RunnersUp = 5 };

    private SpladeEngine _engine = null!;

    public async Task InitializeAsync() => _engine = await SpladeEngine.CreateAsync(FixtureModels.Folder("inference-free-idf"));

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task ExplainAsync_Queries_EveryTermIsLiteralAndPlaced()
    {
        foreach (ReferenceVector line in ReferenceVectors.Read("inference-free-idf.jsonl"))
        {
            TextExplanation explanation = await _engine.ExplainAsync(line.Text, AsQuery);
            ReferenceVectors.AssertSame(line.AsQuery(), explanation.Vector);
            var limit = new TokenizationOptions { AddSpecialTokens = false, MaxTokens = explanation.TokenCount };
            int[] ids = _engine.Tokenizer.Encode(line.Text, limit).Ids.ToArray();
            Assert.All(explanation.Terms.Where(t => !_engine.Tokenizer.SpecialTokenIds.Contains(t.Id)), term =>
            {
                Assert.Equal(TermOrigin.Literal, term.Origin);
                Assert.Equal((Array.IndexOf(ids, term.Id), term.Weight), (term.Source!.Value.Position, term.Source.Value.Activation));
                Assert.Equal(Math.Min(6, ids.Count(id => id == term.Id)), 1 + term.RunnersUp.Count);
            });
        }
    }

    [Fact]
    public async Task Explain_QueryThatIsThere_IsPlacedWithoutARun()
    {
        TextExplanation explanation = _engine.Explain(await QueryAsync("moon or moon"), "moon or moon", AsQuery);
        Assert.Null(explanation.SpansUnavailableReason);
        Assert.All(explanation.Terms, t => Assert.NotNull(t.Source));
        Assert.Equal(explanation.Mass, explanation.Words.SelectMany(w => w.Parts).Sum(p => p.Produced!.Value), 1e-5);
    }

    [Fact]
    public async Task ExplainMatchAsync_LookedUpQuery_AddsUp()
    {
        const string Text = "What pulls on the ocean?", Document = "The moon pulls on the ocean and makes the tides.";
        MatchExplanation match = await _engine.ExplainMatchAsync(Text, Document);
        Assert.Equal(await QueryAsync(Text), match.Query!.Vector);
        MatchExplanationTests.AssertAddsUp(match, match.Query.Vector, match.Document!.Vector);
        Assert.Equal(1, match.Query.LiteralShare, 1e-9);
        MatchExplanation asDocument = await _engine.ExplainMatchAsync(
            Text, Document, new ExplanationOptions { QueryEncoding = new SpladeEncodingOptions { InputType = EmbeddingInputType.Document } });
        Assert.NotEqual(match.Query.Vector, asDocument.Query!.Vector);
    }

    [Fact]
    public async Task ExplainMatchAsync_QueryEncodingWithoutInputType_IsAQuery()
    {
        var options = new ExplanationOptions { QueryEncoding = new SpladeEncodingOptions { MaxTokens = 3 } };
        MatchExplanation match = await _engine.ExplainMatchAsync("the moon and the ocean", "The moon.", options);
        Assert.Equal((3, true), (match.Query!.TokenCount, match.Query.Truncated));
    }

    private async Task<SparseVector> QueryAsync(string text) => (await _engine.EncodeAsync([text], AsQuery.Encoding))[0].Vector;
}
