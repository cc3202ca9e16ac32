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
        Assert.Throws<ArgumentOutOfRangeException>("MaxTokens", () => options.Encoding.MaxTokens = 0);
        Assert.Throws<ArgumentOutOfRangeException>("Threads", () => options.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>("ConcurrentRuns", () => options.ConcurrentRuns = 0);
        Assert.Throws<ArgumentOutOfRangeException>("Precision", () => options.Precision = (Precision)2);
        Assert.Throws<ArgumentOutOfRangeException>("LongTextHandling", () => options.Encoding.LongTextHandling = (LongTextHandling)4);
        Assert.Throws<ArgumentOutOfRangeException>("WindowOverlap", () => options.Encoding.WindowOverlap = -1);
        Assert.Throws<ArgumentOutOfRangeException>("MaxActiveDimensions", () => options.Encoding.MaxActiveDimensions = 0);
        Assert.Throws<ArgumentNullException>("Encoding", () => options.Encoding = null!);
        Assert.Equal((Precision.Exact, null, null), (options.Precision, options.Encoding.LongTextHandling, options.Encoding.WindowOverlap));
    }

    [Fact]
    public async Task MaxTokens_BelowTheModelsLimit_CutsThere()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { MaxTokens = 4 } });
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(["red planet", "red planet mars"]);
        Assert.Equal([(4, false), (4, true)], encodings.Select(e => (e.TokenCount, e.Truncated)));
        Assert.Equal(encodings[0].Vector, encodings[1].Vector);
    }

    [Fact]
    public async Task MaxTokens_AboveTheModelsLimit_IsRefused()
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { MaxTokens = 513 } };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => SpladeEngine.CreateAsync(options));
        Assert.Contains("at most 512", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encoding_WhatTheModelHasNot_IsRefusedWhenItIsLoaded()
    {
        SpladeEncodingOptions[] wrong = [new() { MaxTokens = 2 }, new() { PromptName = "none" }];
        foreach (SpladeEncodingOptions encoding in wrong)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = encoding }));
        }

        var dense = new DenseEmbeddingGeneratorOptions(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8")) { Encoding = { MaxActiveDimensions = 8 } };
        await Assert.ThrowsAsync<ArgumentException>("options", () => DenseEmbeddingGenerator.CreateAsync(dense));
    }

    [Fact]
    public async Task Encoding_Prompt_IsThatOfCallsThatSayNone()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { Prompt = "red " } });
        await using SpladeEngine plain = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Assert.Equal((await plain.EncodeAsync(["red mars"]))[0].Vector, (await engine.EncodeAsync(["mars"]))[0].Vector);
        Assert.Equal((await plain.EncodeAsync(["mars"]))[0].Vector, (await engine.EncodeAsync(["mars"], new SpladeEncodingOptions { Prompt = "" }))[0].Vector);
    }

    [Fact]
    public void Clone_Changed_LeavesTheOriginal()
    {
        var options = new SpladeEngineOptions("folder") { Encoding = { MaxTokens = 9 }, Threads = 2 };
        SpladeEngineOptions copy = options.Clone();
        copy.Encoding.MaxTokens = 8;
        Assert.Equal((9, 8, 2), (options.Encoding.MaxTokens, copy.Encoding.MaxTokens, copy.Threads));
    }

    [Fact]
    public async Task Options_ChangedAfterTheLoad_HaveNoEffect()
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        SpladeEncoding before = (await engine.EncodeAsync(["the red planet"]))[0];
        options.Encoding.MaxActiveDimensions = 1;
        options.DropSpecialTokens = true;
        Assert.Equal(before.Vector, (await engine.EncodeAsync(["the red planet"]))[0].Vector);
    }

    [Theory]
    [InlineData(510, null)]
    [InlineData(62, 64)]
    public async Task WindowOverlap_OfAWholeWindow_IsRefused(int overlap, int? maxTokens)
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { Encoding = { WindowOverlap = overlap, MaxTokens = maxTokens } };
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
