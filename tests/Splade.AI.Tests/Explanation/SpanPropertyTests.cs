using Splade.AI.Explanation;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>Sources agree with the vectors, and with all logits of the model's file taken one by one.</summary>
public sealed class SpanPropertyTests
{
    private const double Tolerance = 1e-5;

    private static readonly ExplanationOptions AllSources = new() { RunnersUp = int.MaxValue };

    public static TheoryData<string, string> AtEveryPlace => FixtureModels.AtEveryPlace();

    [Theory]
    [MemberData(nameof(AtEveryPlace))]
    public async Task ExplainAsync_EveryModelAndPlace_SourcesMakeUpTheWeights(string model, string place)
    {
        await using SpladeEngine engine = await CreateAsync(model, place);
        foreach (string text in FixtureModels.Texts(model, step: Trials.Of(27, slow: 9)))
        {
            TextExplanation explanation = await engine.ExplainAsync(text, AllSources);
            SparseVector vector = (await engine.EncodeAsync([text]))[0].Vector;
            ReferenceVectors.AssertSame(ReferenceVector.Of(text, vector), explanation.Vector, (float)Tolerance);
            Assert.All(explanation.Terms, term => AssertMakesUp(term, engine.Model.Pooling));
        }
    }

    [Theory]
    [MemberData(nameof(AtEveryPlace))]
    public async Task ExplainAsync_EveryModelAndPlace_SourcesAreThoseOfAllLogits(string model, string place)
    {
        await using SpladeEngine engine = await CreateAsync(model, place);
        using var plain = new PlainActivations(engine.Model);
        foreach (string text in FixtureModels.Texts(model, step: Trials.Of(51, slow: 17)))
        {
            TextExplanation explanation = await engine.ExplainAsync(text, AllSources);
            TokenizedText tokens = engine.Tokenizer.Encode(text, new TokenizationOptions { MaxTokens = engine.MaxTokens });
            var expected = plain.Of(tokens.Ids.ToArray(), explanation.Terms.Select(t => t.Id));
            Assert.All(explanation.Terms, term => AssertSame(expected[term.Id], term.Source is { } source ? [source, .. term.RunnersUp] : []));
            Assert.Equal(tokens.Count, explanation.TokenCount);
        }
    }

    [Fact]
    public async Task ExplainAsync_VectorThatIsThere_HasTheSourcesOfOneRun()
    {
        foreach (string model in FixtureModels.Names)
        {
            await using SpladeEngine engine = await SpladeEngine.CreateAsync(FixtureModels.Folder(model));
            foreach (string text in FixtureModels.Texts(model, step: 20))
            {
                TextExplanation whole = await engine.ExplainAsync(text, AllSources);
                SparseVector pruned = whole.Vector.TopK(7);
                TextExplanation explanation = await engine.ExplainAsync(pruned, text, AllSources);
                Assert.Same(pruned, explanation.Vector);
                Assert.Equal(whole.Terms.Take(7).Select(Sources), explanation.Terms.Select(Sources));
            }
        }

        static string Sources(ExplainedTerm term) => $"{term.Id} {term.Weight} {term.Origin}: {term.Source} {string.Join(' ', term.RunnersUp)}";
    }

    private static async Task<SpladeEngine> CreateAsync(string model, string place) =>
        await SpladeEngine.CreateAsync(new SpladeEngineOptions(FixtureModels.Folder(model)) { DecoderPlace = Enum.Parse<DecoderPlace>(place) });

    internal static void AssertMakesUp(ExplainedTerm term, PoolingStrategy pooling)
    {
        if (term.Source is not TermSource source)
        {
            // Rounding lets an entry come or go.
            Assert.InRange(term.Weight, 0, Tolerance);
            return;
        }

        double all = pooling == PoolingStrategy.Max ? source.Activation : source.Activation + term.RunnersUp.Sum(s => (double)s.Activation);
        Assert.Equal(term.Weight, all, Tolerance * Math.Max(1, term.Weight));
    }

    internal static void AssertSame((int Position, double Activation)[] expected, TermSource[] actual)
    {
        (int Position, double Activation)[] wanted = [.. expected.Where(e => e.Activation > Tolerance)];
        TermSource[] found = [.. actual.Where(a => a.Activation > Tolerance)];
        Assert.InRange(found.Length, wanted.Length - 1, wanted.Length + 1);
        for (int i = 0; i < Math.Min(wanted.Length, found.Length); i++)
        {
            Assert.Equal(wanted[i].Activation, found[i].Activation, 2e-5);
            bool isDecided = (i == 0 || wanted[i - 1].Activation - wanted[i].Activation > SpanReference.Decisive)
                && (i == wanted.Length - 1 || wanted[i].Activation - wanted[i + 1].Activation > SpanReference.Decisive);
            if (isDecided)
            {
                Assert.Equal(wanted[i].Position, found[i].Position);
            }
        }
    }
}
