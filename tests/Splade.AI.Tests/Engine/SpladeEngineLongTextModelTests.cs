using Splade.AI.ModelFiles;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Engine;

/// <summary>Sliding windows over every kind of model give what a loop over ONNX Runtime gives, window by window.</summary>
public sealed class SpladeEngineLongTextModelTests
{
    private static readonly SpladeEncodingOptions Max = new() { LongTextHandling = LongTextHandling.SlidingWindowMax };
    private static readonly SpladeEncodingOptions AsQuery = new() { InputType = EmbeddingInputType.Query };

    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-distilbert-cased")]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-xlmr-unigram")]
    [InlineData("random-modernbert-bpe")]
    public async Task EncodeAsync_SlidingWindow_EqualsThePlainLoop(string model)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Folder(model));
        using TestRuntime runtime = TestRuntime.Load(engine.Model.ModelFile);
        for (int seed = 0; seed < Trials.Of(2, slow: 4); seed++)
        {
            string text = LongTexts.Create(seed, characters: 3000);
            SpladeEncoding actual = (await engine.EncodeAsync([text], Max.With(o => o.WindowOverlap = seed * 10)))[0];
            Pooled.AssertSame(ReadPlainly(engine, runtime, text, overlap: seed * 10), actual.Vector.ToDense(), 1e-5);
        }
    }

    [Fact]
    public async Task EncodeAsync_ThirtyTwoConcurrentCallers_SameVectorsAsAlone()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Folder("random-roberta-bpe"));
        string[] texts = [.. Enumerable.Range(0, 8).Select(i => LongTexts.Create(seed: i, characters: 500 * i))];
        var alone = new List<SparseVector>();
        foreach (string text in texts)
        {
            alone.Add((await engine.EncodeAsync([text], Max))[0].Vector);
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 32), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (caller, token) =>
        {
            int[] mine = [.. Enumerable.Range(0, 3).Select(i => (caller + (3 * i)) % texts.Length)];
            IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(mine.Select(i => texts[i]), Max, token);
            Assert.All(
                mine.Zip(actual),
                pair => ReferenceVectors.AssertSame(ReferenceVector.Of($"text {pair.First}", alone[pair.First]), pair.Second.Vector, 1e-5f));
        });
    }

    [Fact]
    public async Task EncodeAsync_InferenceFreeQueries_AreReadWhole()
    {
        string text = LongTexts.Create(seed: 9, characters: 5000);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Folder("inference-free-idf"));
        int tokens = engine.Tokenizer.CountTokens(text, new TokenizationOptions { AddSpecialTokens = false });
        SpladeEncoding whole = await EncodeAsync(LongTextHandling.SlidingWindowPassages);
        Assert.Equal((tokens, false), (whole.TokenCount, whole.Truncated));
        SpladePassage passage = Assert.Single(whole.Passages);
        Assert.Equal((new TokenOffset(0, text.TrimEnd().Length), tokens, whole.Vector), (passage.Span, passage.TokenCount, passage.Vector));
        SpladeEncoding max = await EncodeAsync(LongTextHandling.SlidingWindowMax, maxTokens: 100);
        Assert.Equal((whole.Vector, tokens, 0), (max.Vector, max.TokenCount, max.Passages.Count));

        SpladeEncoding cut = await EncodeAsync(LongTextHandling.Truncate, maxTokens: 100);
        Assert.Equal((100, true), (cut.TokenCount, cut.Truncated));
        Assert.True(cut.Vector.Count < whole.Vector.Count);
        var error = await Assert.ThrowsAsync<TextTooLongException>(() => EncodeAsync(LongTextHandling.Throw, maxTokens: 100));
        Assert.Equal((0, tokens, 100), (error.Position, error.TokenCount, error.MaxTokens));

        async Task<SpladeEncoding> EncodeAsync(LongTextHandling handling, int? maxTokens = null) =>
            (await engine.EncodeAsync([text], AsQuery.With(o => { o.LongTextHandling = handling; o.MaxTokens = maxTokens; })))[0];
    }

    [Fact]
    public async Task EncodeAsync_ManyLookUps_NameThePositionOfTheLongOne()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Folder("inference-free-idf"));
        string[] texts = [.. Enumerable.Repeat("mars", 40), "the red planet mars and its moons", "mars"];
        var error = await Assert.ThrowsAsync<TextTooLongException>(
            () => engine.EncodeAsync(texts, AsQuery.With(o => { o.LongTextHandling = LongTextHandling.Throw; o.MaxTokens = 5; })));
        Assert.Equal(40, error.Position);
    }

    // Each window by itself through the file as it was published, in double precision from the logits on.
    private static double[] ReadPlainly(SpladeEngine engine, TestRuntime runtime, string text, int overlap)
    {
        var windows = TextWindows.Cut(engine.Tokenizer, new TokenBuffer(), "", text, new TokenizationOptions { MaxTokens = engine.MaxTokens }, overlap);
        Assert.True(windows.Count > 2);
        int width = engine.Vocabulary.Count;
        double[] maxima = new double[width];
        for (int i = 0; i < windows.Count; i++)
        {
            var batch = new TokenBatch([windows.Ids(i)], padTokenId: 0);
            double[] row = Weights(engine.Model, runtime.Run(batch), batch, width);
            maxima = [.. maxima.Zip(row, Math.Max)];
        }

        return maxima;
    }

    private static double[] Weights(SpladeModel model, float[] logits, TokenBatch batch, int width)
    {
        bool twice = model.Activation == SpladeActivation.Log1pRelu;
        return model.Pooling == PoolingStrategy.Sum
            ? Pooled.Sum(logits, batch, width, twice)
            : [.. Pooled.Max(logits, batch, width).Select(x => Math.Log(1 + Math.Max(0, x))).Select(w => twice ? Math.Log(1 + w) : w)];
    }

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);
}
