using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Engine;

public sealed class SpladeEngineOptionsTests
{
    [Fact]
    public void Ctor_NoFolder_Throws()
    {
        Assert.Throws<ArgumentNullException>("modelFolder", () => new SpladeEngineOptions(null!));
        Assert.Throws<ArgumentException>("modelFolder", () => new SpladeEngineOptions(" "));
        Assert.Throws<ArgumentException>("ModelFolder", () => new SpladeEngineOptions().ModelFolder = "");
    }

    [Fact]
    public async Task CreateAsync_FolderNotSet_Throws()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>("options", () => SpladeEngine.CreateAsync(new SpladeEngineOptions()));
        Assert.StartsWith("ModelFolder is not set.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>("options", () => DenseEmbeddingGenerator.CreateAsync(new DenseEmbeddingGeneratorOptions()));
    }

    [Fact]
    public void Properties_ImpossibleValues_Throw()
    {
        var options = new SpladeEngineOptions("folder");
        Assert.Throws<ArgumentOutOfRangeException>("MaxTokens", () => options.MaxTokens = 2);
        Assert.Throws<ArgumentOutOfRangeException>("Threads", () => options.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>("ConcurrentRuns", () => options.ConcurrentRuns = 0);
        Assert.Throws<ArgumentOutOfRangeException>("Precision", () => options.Precision = (Precision)2);
        Assert.Throws<ArgumentOutOfRangeException>("LongTextHandling", () => options.LongTextHandling = (LongTextHandling)4);
        Assert.Throws<ArgumentOutOfRangeException>("WindowOverlap", () => options.WindowOverlap = -1);
        Assert.Equal((Precision.Exact, LongTextHandling.Truncate, null), (options.Precision, options.LongTextHandling, options.WindowOverlap));
    }

    [Fact]
    public async Task MaxTokens_BelowTheModelsLimit_CutsThere()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { MaxTokens = 4 });
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(["red planet", "red planet mars"]);
        Assert.Equal([(4, false), (4, true)], encodings.Select(e => (e.TokenCount, e.Truncated)));
        Assert.Equal(encodings[0].Vector, encodings[1].Vector);
    }

    [Fact]
    public async Task MaxTokens_AboveTheModelsLimit_IsRefused()
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { MaxTokens = 513 };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => SpladeEngine.CreateAsync(options));
        Assert.Contains("at most 512", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_ChangedAfterTheLoad_HaveNoEffect()
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        SpladeEncoding before = (await engine.EncodeAsync(["the red planet"]))[0];
        options.MaxActiveDimensions = 1;
        options.DropSpecialTokens = true;
        Assert.Equal(before.Vector, (await engine.EncodeAsync(["the red planet"]))[0].Vector);
    }

    [Theory]
    [InlineData(510, null)]
    [InlineData(62, 64)]
    public async Task WindowOverlap_OfAWholeWindow_IsRefused(int overlap, int? maxTokens)
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { WindowOverlap = overlap, MaxTokens = maxTokens };
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>("options", () => SpladeEngine.CreateAsync(options));
        Assert.Contains($"WindowOverlap is {overlap}, but a window takes at most {overlap} tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpecialTokensInText_Off_ReadsThemAsText()
    {
        await using SpladeEngine trusting = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        await using SpladeEngine wary = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { SpecialTokensInText = false });
        Assert.Equal(3, (await trusting.EncodeAsync(["[SEP]"]))[0].TokenCount);
        Assert.Equal(5, (await wary.EncodeAsync(["[SEP]"]))[0].TokenCount);
    }
}
