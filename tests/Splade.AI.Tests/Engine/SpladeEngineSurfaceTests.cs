using System.Text.Json;

namespace Splade.AI.Tests.Engine;

/// <summary>What users of the two Python libraries can ask of a loaded model, with the values that Sentence Transformers gives.</summary>
public sealed class SpladeEngineSurfaceTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public async Task EncodeStreamAsync_EndlessTexts_AreReadNoFurtherThanNeeded()
    {
        int read = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                yield return $"text {read++}";
            }
        }

        var results = new List<SpladeEncoding>();
        await foreach (SpladeEncoding encoding in _engine.EncodeStreamAsync(Endless()))
        {
            results.Add(encoding);
            if (results.Count == 300)
            {
                break;
            }
        }

        Assert.Equal(512, read);
        Assert.Equal((await _engine.EncodeAsync(["text 299"]))[0].TokenCount, results[299].TokenCount);
    }

    [Fact]
    public async Task EncodeStreamAsync_AsynchronousTexts_KeepTheirOrderAndReportProgress()
    {
        string[] texts = [.. Enumerable.Range(0, 600).Select(i => string.Join(' ', Enumerable.Repeat("mars", i % 7)))];
        var progress = new Reports();
        var tokens = new List<int>();
        await foreach (SpladeEncoding encoding in _engine.EncodeStreamAsync(texts.ToAsyncEnumerable(), progress: progress))
        {
            tokens.Add(encoding.TokenCount);
        }

        Assert.Equal(texts.Select((_, i) => 2 + (i % 7)), tokens);
        Assert.Equal([256, 512, 600], progress.Values);
    }

    [Fact]
    public async Task EncodeStreamAsync_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource();
        int results = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (SpladeEncoding encoding in _engine.EncodeStreamAsync(Enumerable.Repeat("mars", 1000)).WithCancellation(source.Token))
            {
                results++;
                await source.CancelAsync();
            }
        });
        Assert.Equal(256, results);
    }

    [Fact]
    public void EncodeStreamAsync_NoTexts_Throws()
    {
        Assert.Throws<ArgumentNullException>("texts", () => _engine.EncodeStreamAsync((IEnumerable<string>)null!));
        Assert.Throws<ArgumentNullException>("texts", () => _engine.EncodeStreamAsync((IAsyncEnumerable<string>)null!));
    }

    [Fact]
    public async Task Decode_Top_AreTheHeaviestTermsOfTheVocabulary()
    {
        SparseVector vector = (await _engine.EncodeAsync(["Mars is called the Red Planet."]))[0].Vector;
        Assert.Equal(["mars", "red", "planet"], _engine.Decode(vector, 3).Select(t => t.Token));
        Assert.Equal(vector.Count, _engine.Decode(vector).Count);
        Assert.Throws<ArgumentOutOfRangeException>("top", () => _engine.Decode(vector, 0));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(512)]
    public async Task EncodeAsync_MaxTokensOfACall_EqualsSentenceTransformersMaxSeqLength(int maxTokens)
    {
        string text = ReferenceVectors.Read("encode-passages.jsonl").Single(r => r.Id == "passage-all").Text;
        SpladeEncoding encoding = (await _engine.EncodeAsync([text], new SpladeEncodingOptions { MaxTokens = maxTokens }))[0];
        JsonElement expected = ApiReference.Root.GetProperty("max_seq_length").EnumerateArray().Single(e => e.GetProperty("max_seq_length").GetInt32() == maxTokens);
        ReferenceVectors.AssertSame(ApiReference.Vector(expected), encoding.Vector);
        Assert.Equal((maxTokens, true), (encoding.TokenCount, encoding.Truncated));
    }

    [Fact]
    public async Task EncodeAsync_MaxActiveDimensions_OfTheCallGoBeforeThoseOfTheEngine()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { MaxActiveDimensions = 3 } });
        SparseVector all = (await _engine.EncodeAsync(["the red planet mars"]))[0].Vector;
        Assert.Equal(all.TopK(3), (await engine.EncodeAsync(["the red planet mars"]))[0].Vector);
        Assert.Equal(all.TopK(8), (await engine.EncodeAsync(["the red planet mars"], new SpladeEncodingOptions { MaxActiveDimensions = 8 }))[0].Vector);
    }

    [Fact]
    public async Task EncodeAsync_PromptsOfACall_ArePutBeforeTheText()
    {
        SparseVector expected = (await _engine.EncodeAsync(["find: mars"]))[0].Vector;
        Assert.Equal(expected, (await _engine.EncodeAsync(["mars"], new SpladeEncodingOptions { Prompt = "find: " }))[0].Vector);
        await Assert.ThrowsAsync<ArgumentException>("promptName", () => _engine.EncodeAsync(["mars"], new SpladeEncodingOptions { PromptName = "other" }));
    }

    [Theory]
    [InlineData(513)]
    [InlineData(2)]
    public async Task EncodeAsync_ImpossibleLimits_AreRefused(int maxTokens) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _engine.EncodeAsync(["mars"], new SpladeEncodingOptions { MaxTokens = maxTokens }));

    [Fact]
    public void CountTokens_Texts_CountsSpecialTokensAndCuts() =>
        Assert.Equal([2, 4, 512], _engine.CountTokens(["", "red planet", string.Join(' ', Enumerable.Repeat("the", 600))]));

    [Fact]
    public async Task DropSpecialTokens_On_TakesTheirDimensionsOutAndNoOthers()
    {
        const int Planet = 4774;
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.AddSpecialToken(Planet, "planet");
        await using SpladeEngine keeps = await SpladeEngine.CreateAsync(model.Folder);
        await using SpladeEngine drops = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { DropSpecialTokens = true });
        Assert.Equal([0, 100, 101, 102, 103, Planet], keeps.Tokenizer.SpecialTokenIds);
        SparseVector kept = (await keeps.EncodeAsync(["the red planet"]))[0].Vector;
        SparseVector dropped = (await drops.EncodeAsync(["the red planet"]))[0].Vector;
        Assert.True(kept[Planet] > 0);
        Assert.Equal(kept.Indices.ToArray().Except([Planet]), dropped.Indices.ToArray());
    }

    private sealed class Reports : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
