using Splade.AI.Explanation;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>Sources in long texts, against all logits of each window taken one by one and put together by hand.</summary>
public sealed class WindowPropertyTests
{
    private const int WindowTokens = 40;
    private const string Prompt = "find the passage: ";

    private static readonly SpladeEncodingOptions InWindows = new()
    {
        LongTextHandling = LongTextHandling.SlidingWindowMax,
        MaxTokens = WindowTokens,
        Prompt = Prompt,
    };

    public static TheoryData<string, string> AtEveryPlace => FixtureModels.AtEveryPlace();

    [Theory]
    [MemberData(nameof(AtEveryPlace))]
    public async Task ExplainAsync_LongTextAtEveryPlace_SourcesAreThoseOfAllWindows(string model, string place)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(FixtureModels.Folder(model)) { DecoderPlace = Enum.Parse<DecoderPlace>(place) });
        using var plain = new PlainActivations(engine.Model);
        string text = LongTexts.Create(seed: 5, characters: 700);
        SpladeEncoding encoding = (await engine.EncodeAsync([text], InWindows))[0];
        var options = new ExplanationOptions { Encoding = InWindows, RunnersUp = int.MaxValue };
        TextExplanation explanation = await engine.ExplainAsync(text, options);
        ReferenceVectors.AssertSame(ReferenceVector.Of(model, encoding.Vector), explanation.Vector, 1e-5f);
        Assert.Equal((encoding.TokenCount, false), (explanation.TokenCount, explanation.Truncated));

        var expected = ByHand(engine, plain, text, [.. explanation.Terms.Select(t => t.Id)]);
        foreach (TextExplanation actual in new[] { explanation, await engine.ExplainAsync(explanation.Vector, text, options) })
        {
            Assert.All(actual.Terms, term =>
            {
                SpanPropertyTests.AssertMakesUp(term, engine.Model.Pooling);
                SpanPropertyTests.AssertSame(expected[term.Id], term.Source is { } source ? [source, .. term.RunnersUp] : []);
            });
        }
    }

    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-roberta-bpe")]
    public async Task ExplainAsync_FewRunnersUp_AreTheFirstOfAll(string model)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(FixtureModels.Folder(model));
        string text = LongTexts.Create(seed: 6, characters: 900);
        TextExplanation all = await engine.ExplainAsync(text, new ExplanationOptions { Encoding = InWindows, RunnersUp = int.MaxValue });
        TextExplanation few = await engine.ExplainAsync(text, new ExplanationOptions { Encoding = InWindows, RunnersUp = 2 });
        Assert.All(all.Terms.Zip(few.Terms), pair =>
        {
            Assert.Equal(pair.First.Source, pair.Second.Source);
            Assert.Equal(pair.First.RunnersUp.Take(2).Select(s => s.Activation), pair.Second.RunnersUp.Select(s => s.Activation));
        });
    }

    private static Dictionary<int, (int Position, double Activation)[]> ByHand(SpladeEngine engine, PlainActivations plain, string text, int[] terms)
    {
        var buffer = new TokenBuffer();
        var windows = TextWindows.Cut(engine.Tokenizer, buffer, Prompt, text, new TokenizationOptions { MaxTokens = WindowTokens });
        Assert.InRange(windows.Count, 4, 40);
        int head = windows.Ids(0).Length - 1 - (windows[0].End - windows[0].Start);
        var found = terms.ToDictionary(id => id, _ => new List<(int Position, double Activation)[]>());
        for (int w = 0; w < windows.Count; w++)
        {
            int[] ids = windows.Ids(w);
            int start = windows[w].Start;
            foreach ((int term, (int Position, double Activation)[] tokens) in plain.Of(ids, terms))
            {
                found[term].Add([.. tokens.Select(t => (Whole(t.Position), t.Activation))]);
            }

            // The template has one token behind the text, for each of the models.
            int Whole(int place) => place < head ? place : place == ids.Length - 1 ? buffer.Count - 1 : place + start;
        }

        return found.ToDictionary(f => f.Key, f => Join(f.Value, engine.Model.Pooling));
    }

    private static (int Position, double Activation)[] Join(List<(int Position, double Activation)[]> windows, PoolingStrategy pooling) =>
        pooling == PoolingStrategy.Sum
            ? windows.MaxBy(w => w.Sum(t => t.Activation))!
            : [.. windows.SelectMany(w => w)
                .GroupBy(t => t.Position, (position, same) => (position, same.Max(t => t.Activation)))
                .OrderByDescending(t => t.Item2).ThenBy(t => t.position)];
}
