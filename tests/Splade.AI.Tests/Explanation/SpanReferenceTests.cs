using Splade.AI.Explanation;
using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>The tokens that produced the terms of splade-tiny's vectors are those that transformers finds.</summary>
public sealed class SpanReferenceTests
{
    [Fact]
    public Task ExplainAsync_Passages_SourcesAreThoseOfTheReference() => CompareAsync(place: null, screen: true);

    [SlowTheory]
    [InlineData(DecoderPlace.Managed)]
    [InlineData(DecoderPlace.TiledGraph)]
    [InlineData(DecoderPlace.PlainGraph)]
    internal Task ExplainAsync_PassagesAtEveryPlace_SourcesAreThoseOfTheReference(DecoderPlace place) => CompareAsync(place, screen: false);

    private static async Task CompareAsync(DecoderPlace? place, bool screen)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(EngineFixture.ModelFolder) { DecoderPlace = place, Screen = screen });
        IReadOnlyList<SpanReference> expected = SpanReference.Read();
        Assert.Equal(45, expected.Count);
        int compared = 0;
        foreach (SpanReference line in expected)
        {
            TextExplanation explanation = await engine.ExplainAsync(line.Text);
            Assert.Null(explanation.SpansUnavailableReason);
            Dictionary<int, ExplainedTerm> terms = explanation.Terms.ToDictionary(t => t.Id);
            for (int i = 0; i < line.Indices.Length; i++)
            {
                if (line.Margin[i] > SpanReference.Decisive && terms.TryGetValue(line.Indices[i], out ExplainedTerm? term))
                {
                    Assert.Equal(
                        (line.Id, term.Token, line.Positions[i], Span(line.Spans[i])), (line.Id, term.Token, term.Source?.Position, term.Source?.Span));
                    compared++;
                }
            }
        }

        Assert.Equal(4072, compared);
    }

    private static TokenOffset? Span(int[] offset) => offset is [0, 0] ? null : new TokenOffset(offset[0], offset[1]);
}
