using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Engine;

/// <summary>What becomes of texts with more tokens than are read at once.</summary>
public sealed class SpladeEngineLongTextTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const float Tolerance = 1e-5f;

    private static readonly SpladeEncodingOptions Max = new() { LongTextHandling = LongTextHandling.SlidingWindowMax };
    private static readonly SpladeEncodingOptions Passages = new() { LongTextHandling = LongTextHandling.SlidingWindowPassages };
    private static readonly SpladeEncodingOptions Throw = new() { LongTextHandling = LongTextHandling.Throw };
    private static readonly string LongText = LongTexts.Create(seed: 1, characters: 8000);

    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public async Task EncodeAsync_ByDefault_Truncates()
    {
        SpladeEncoding encoding = await EncodeAsync(LongText, new SpladeEncodingOptions());
        Assert.Equal((512, true, 0), (encoding.TokenCount, encoding.Truncated, encoding.Passages.Count));
        Assert.Equal(encoding, await EncodeAsync(LongText, new SpladeEncodingOptions { LongTextHandling = LongTextHandling.Truncate }));
    }

    [Fact]
    public async Task EncodeAsync_TextsThatFit_HaveTheVectorOfTruncate()
    {
        string[] texts = [.. ReferenceVectors.Read("encode-stress.jsonl").Select(e => e.Text).Where(t => _engine.Tokenizer.CountTokens(t) <= 512)];
        Assert.True(texts.Length > 70);
        foreach (string text in texts)
        {
            SpladeEncoding expected = await EncodeAsync(text, new SpladeEncodingOptions());
            Assert.Equal(expected, await EncodeAsync(text, Max));
            Assert.Equal(expected, await EncodeAsync(text, Throw));
            SpladeEncoding actual = await EncodeAsync(text, Passages);
            SpladePassage passage = Assert.Single(actual.Passages);
            Assert.Equal(expected, actual with { Passages = [] });
            Assert.Equal((expected.Vector, expected.TokenCount), (passage.Vector, passage.TokenCount));
            Assert.True(passage.Span.Start <= passage.Span.End && passage.Span.End <= text.Length);
        }
    }

    [Fact]
    public async Task EncodeAsync_Passages_AreTheTextInOrderAndItsVectorIsTheirMaximum()
    {
        SpladeEncoding whole = await EncodeAsync(LongText, Passages);
        Assert.Equal((_engine.Tokenizer.CountTokens(LongText), false), (whole.TokenCount, whole.Truncated));
        Assert.Equal((whole.TokenCount + 445) / 447, whole.Passages.Count);
        Assert.All(whole.Passages, p => Assert.InRange(p.TokenCount, 256, 512));
        Assert.All(whole.Passages.Zip(whole.Passages.Skip(1)), pair =>
        {
            Assert.True(pair.First.Span.Start < pair.Second.Span.Start && pair.Second.Span.Start < pair.First.Span.End);
            Assert.True(pair.First.Span.End < pair.Second.Span.End);
        });
        Assert.Equal((0, LongText.TrimEnd().Length), (whole.Passages[0].Span.Start, whole.Passages[^1].Span.End));
        Assert.Equal(whole.Vector, whole.Passages.Select(p => p.Vector).Aggregate((left, right) => left.Max(right)));
    }

    // Between words that the tokenizer tells apart the text of a window has the window's tokens.
    [Fact]
    public async Task EncodeAsync_Passages_HaveTheVectorsOfTheirTexts()
    {
        SpladeEncoding whole = await EncodeAsync(LongText, Passages);
        foreach (SpladePassage passage in whole.Passages)
        {
            SpladeEncoding alone = await EncodeAsync(LongText[passage.Span.Start..passage.Span.End], new SpladeEncodingOptions());
            Assert.Equal((passage.TokenCount, false), (alone.TokenCount, alone.Truncated));
            ReferenceVectors.AssertSame(ReferenceVector.Of($"{passage.Span}", alone.Vector), passage.Vector, Tolerance);
        }
    }

    [Fact]
    public async Task EncodeAsync_Max_IsTheVectorOfPassagesWithoutThem()
    {
        SpladeEncoding max = await EncodeAsync(LongText, Max);
        SpladeEncoding passages = await EncodeAsync(LongText, Passages);
        Assert.Empty(max.Passages);
        Assert.Equal((passages.TokenCount, false), (max.TokenCount, max.Truncated));
        ReferenceVectors.AssertSame(ReferenceVector.Of("passages", passages.Vector), max.Vector, Tolerance);
        Assert.Contains("bread", _engine.Decode((await EncodeAsync(LongText + " Bread needs an hour in the oven.", Max)).Vector).Select(t => t.Token));
    }

    [Fact]
    public async Task EncodeAsync_Overlap_IsThatOfTheCallThenOfTheEngine()
    {
        var passages = new SpladeEncodingOptions { MaxTokens = 102, LongTextHandling = LongTextHandling.SlidingWindowPassages, WindowOverlap = 50 };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = passages });
        string text = string.Join(' ', Enumerable.Repeat("the", 300));
        Assert.Equal([(0, 100), (50, 150), (100, 200), (150, 250), (200, 300)], Words(await engine.EncodeAsync([text])));
        Assert.Equal([(0, 100), (100, 200), (200, 300)], Words(await engine.EncodeAsync([text], new SpladeEncodingOptions { WindowOverlap = 0 })));
        Assert.Equal(
            [(0, 60), (40, 100), (80, 140), (120, 180), (160, 220), (200, 260), (240, 300)],
            Words(await engine.EncodeAsync([text], new SpladeEncodingOptions { WindowOverlap = 20, MaxTokens = 64 })));

        static IEnumerable<(int, int)> Words(IReadOnlyList<SpladeEncoding> encodings) =>
            encodings[0].Passages.Select(p => (p.Span.Start / 4, (p.Span.End + 1) / 4));
    }

    [Fact]
    public async Task EncodeAsync_PruningAndSpecialTokens_HoldForTextAndPassages()
    {
        const int Planet = 4774;
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.AddSpecialToken(Planet, "planet");
        var engineOptions = new SpladeEngineOptions(model.Folder) { DropSpecialTokens = true, Encoding = { MaxActiveDimensions = 20 } };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(engineOptions);
        string text = string.Join(' ', Enumerable.Repeat("the red planet mars", 300));

        SpladeEncoding pruned = (await engine.EncodeAsync([text], Passages))[0];
        SpladeEncoding all = (await engine.EncodeAsync([text], Passages.With(o => o.MaxActiveDimensions = 30_522)))[0];

        Assert.True(all.Passages.Count > 2);
        Assert.True((await EncodeAsync(text, Max)).Vector[Planet] > 0);
        Assert.All(all.Passages.Select(p => p.Vector).Append(all.Vector), v => Assert.Equal(0, v[Planet]));
        Assert.Equal(all.Passages.Count, pruned.Passages.Count);
        Assert.All(
            all.Passages.Select(p => p.Vector).Append(all.Vector).Zip(pruned.Passages.Select(p => p.Vector).Append(pruned.Vector)),
            pair => ReferenceVectors.AssertSame(ReferenceVector.Of("heaviest", pair.First.TopK(20)), pair.Second, Tolerance));
    }

    [Fact]
    public async Task EncodeAsync_Prompt_IsInEveryWindowAndInNoSpan()
    {
        const string Prompt = "find: ";
        SpladeEncoding whole = await EncodeAsync(LongText, Passages.With(o => o.Prompt = Prompt));
        Assert.Equal(_engine.Tokenizer.CountTokens(Prompt + LongText), whole.TokenCount);
        Assert.Equal(0, whole.Passages[0].Span.Start);
        foreach (SpladePassage passage in whole.Passages)
        {
            SpladeEncoding alone = await EncodeAsync(Prompt + LongText[passage.Span.Start..passage.Span.End], new SpladeEncodingOptions());
            ReferenceVectors.AssertSame(ReferenceVector.Of($"{passage.Span}", alone.Vector), passage.Vector, Tolerance);
        }
    }

    [Fact]
    public async Task EncodeAsync_MixOfLengths_KeepsTheOrder()
    {
        string[] texts = [.. Enumerable.Range(0, Trials.Of(15, slow: 60)).Select(i => i % 7 == 3 ? LongTexts.Create(i, 4000 + (i * 100)) : $"text number {i}")];
        IReadOnlyList<SpladeEncoding> together = await _engine.EncodeAsync(texts, Passages);
        for (int i = 0; i < texts.Length; i++)
        {
            SpladeEncoding alone = await EncodeAsync(texts[i], Passages);
            ReferenceVectors.AssertSame(ReferenceVector.Of($"text {i}", alone.Vector), together[i].Vector, Tolerance);
            Assert.Equal(alone.Passages.Select(p => (p.Span, p.TokenCount)), together[i].Passages.Select(p => (p.Span, p.TokenCount)));
        }
    }

    [Fact]
    public async Task EncodeStreamAsync_LongAndShortTexts_KeepsTheOrder()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => i % 100 == 50 ? LongText : string.Join(' ', Enumerable.Repeat("mars", i % 7)))];
        var tokens = new List<int>();
        await foreach (SpladeEncoding encoding in _engine.EncodeStreamAsync(texts, Max))
        {
            tokens.Add(encoding.TokenCount);
        }

        Assert.Equal(texts.Select(t => _engine.Tokenizer.CountTokens(t)), tokens);
    }

    [Fact]
    public async Task EncodeAsync_Throw_NamesTheTextAndEncodesNone()
    {
        string[] texts = ["mars", "venus", LongText, LongText + LongText];
        var error = await Assert.ThrowsAsync<TextTooLongException>(() => _engine.EncodeAsync(texts, Throw));
        int tokens = _engine.Tokenizer.CountTokens(LongText);
        Assert.Equal((2, tokens, 512), (error.Position, error.TokenCount, error.MaxTokens));
        Assert.StartsWith($"The text at position 2 has {tokens} tokens, and at most 512 are read.", error.Message, StringComparison.Ordinal);
        Assert.Contains("SlidingWindowMax", error.Message, StringComparison.Ordinal);
        var shorter = await Assert.ThrowsAsync<TextTooLongException>(() => _engine.EncodeAsync(["the red planet mars"], Throw.With(o => o.MaxTokens = 5)));
        Assert.Equal((0, 6, 5), (shorter.Position, shorter.TokenCount, shorter.MaxTokens));
    }

    [Fact]
    public async Task EncodeStreamAsync_Throw_NamesThePositionInTheStream()
    {
        int given = 0;
        var error = await Assert.ThrowsAsync<TextTooLongException>(async () =>
        {
            await foreach (SpladeEncoding encoding in _engine.EncodeStreamAsync(Enumerable.Repeat("mars", 300).Append(LongText), Throw))
            {
                Assert.Equal(3, encoding.TokenCount);
                given++;
            }
        });
        Assert.Equal((300, 256), (error.Position, given));
    }

    [Theory]
    [InlineData(510, LongTextHandling.SlidingWindowMax)]
    [InlineData(510, LongTextHandling.SlidingWindowPassages)]
    public async Task EncodeAsync_ImpossibleWindows_AreRefused(int overlap, LongTextHandling handling)
    {
        var options = new SpladeEncodingOptions { WindowOverlap = overlap, LongTextHandling = handling };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("options", () => _engine.EncodeAsync(["mars"], options));
    }

    [Fact]
    public async Task EncodeAsync_LongestOverlap_ReadsTokenByToken()
    {
        string text = string.Join(' ', Enumerable.Repeat("the", 20));
        SpladeEncoding whole = await EncodeAsync(text, Passages.With(o => { o.WindowOverlap = 9; o.MaxTokens = 12; }));
        Assert.Equal(Enumerable.Range(0, 11).Select(i => new TokenOffset(4 * i, (4 * i) + 39)), whole.Passages.Select(p => p.Span));
    }

    [Fact]
    public async Task CountTokens_EngineWithWindows_CountsTheWholeText()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = Max });
        Assert.Equal((await engine.EncodeAsync([LongText]))[0].TokenCount, Assert.Single(engine.CountTokens([LongText])));
    }

    private async Task<SpladeEncoding> EncodeAsync(string text, SpladeEncodingOptions options) => Assert.Single(await _engine.EncodeAsync([text], options));
}
