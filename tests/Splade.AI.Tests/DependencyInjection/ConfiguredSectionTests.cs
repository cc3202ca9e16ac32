using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Splade.AI.DependencyInjection;
using Splade.AI.ModelFiles;
using Splade.AI.Policy;
using Splade.AI.Tests.Policy;

namespace Splade.AI.Tests.DependencyInjection;

/// <summary>Options from a configuration, and what it says of what does not fit.</summary>
public sealed class ConfiguredSectionTests
{
    /// <summary>What only code can set.</summary>
    private static readonly string[] CodeOnly = [nameof(EncoderOptions.LoggerFactory), nameof(EncoderOptions.Hub), nameof(SpladeEncodingOptions.InputType)];

    [Fact]
    public void Configure_EverySetting_IsSet()
    {
        using var policy = new TemporaryFile();
        new VocabularyPolicy(new BanRule { Terms = ["the"] }).Save(policy.Path);
        SpladeEngineOptions options = Bind(
            ("ModelFolder", "models/a"), ("maxtokens", "128"), ("ModelFile", "onnx/model_O3.onnx"), ("SpecialTokensInText", "False"),
            ("ExecutionProvider", "cuda"), ("DeviceIds:0", "1"), ("DeviceIds:1", "3"), ("Threads", "2"), ("ConcurrentRuns", "4"),
            ("MaxActiveDimensions", "64"), ("Precision", "fast"), ("DropSpecialTokens", "true"),
            ("LongTextHandling", "slidingwindowmax"), ("WindowOverlap", "12"), ("Prompt", "a: "), ("PromptName", "a"), ("Activation", "log1prelu"), ("Policy", policy.Path));
        Assert.Equal(("models/a", 128, "onnx/model_O3.onnx", false), (options.ModelFolder, options.Encoding.MaxTokens, options.ModelFile, options.SpecialTokensInText));
        Assert.Equal((ExecutionProvider.Cuda, 2, 4), (options.ExecutionProvider, options.Threads, options.ConcurrentRuns));
        Assert.Equal([1, 3], options.DeviceIds);
        Assert.Equal((64, Precision.Fast, true), (options.Encoding.MaxActiveDimensions, options.Precision, options.DropSpecialTokens));
        Assert.Equal((LongTextHandling.SlidingWindowMax, 12), (options.Encoding.LongTextHandling, options.Encoding.WindowOverlap));
        Assert.Equal(("a: ", "a"), (options.Encoding.Prompt, options.Encoding.PromptName));
        Assert.Equal(SpladeActivation.Log1pRelu, options.Activation);
        Assert.IsType<BanRule>(Assert.Single(options.Policy!.Rules));
    }

    [Fact]
    public void Settings_OfAllKinds_AreThePropertiesOfTheOptions()
    {
        AssertComplete<SpladeEngineOptions>(ModelKind.Splade.Settings.Keys);
        AssertComplete<DenseEmbeddingGeneratorOptions>(ModelKind.Dense.Settings.Keys);
        AssertComplete<CrossEncoderRerankerOptions>(ModelKind.Reranker.Settings.Keys);
        AssertComplete<BgeM3Options>(ModelKind.BgeM3.Settings.Keys);
        AssertComplete<Bm42Options>(ModelKind.Bm42.Settings.Keys);
    }

    [Theory]
    [InlineData("Threads", "many", "'Splade:Threads' is 'many'. Expected a whole number.")]
    [InlineData("Threads", "1.5", "'Splade:Threads' is '1.5'. Expected a whole number.")]
    [InlineData("Threads", "0", "'Splade:Threads' is '0'. Threads ('0') must be greater than or equal to '1'.")]
    [InlineData("Threads:0", "1", "'Splade:Threads' is ''. Expected a text, found a list or a section.")]
    [InlineData("MaxTokens", "0", "'Splade:MaxTokens' is '0'. MaxTokens ('0') must be greater than or equal to '1'.")]
    [InlineData("ModelFolder", " ", "'Splade:ModelFolder' is ' '. The value cannot be an empty string or composed entirely of whitespace.")]
    [InlineData("SpecialTokensInText", "yes", "'Splade:SpecialTokensInText' is 'yes'. Expected true or false.")]
    [InlineData("Policy", "no-such-policy.json", "'Splade:Policy' is 'no-such-policy.json'. Could not find file")]
    [InlineData("Precision", "Half", "'Splade:Precision' is 'Half'. Expected one of Exact, Fast.")]
    [InlineData("Precision", "1", "'Splade:Precision' is '1'. Expected one of Exact, Fast.")]
    [InlineData("DeviceIds", "0", "'Splade:DeviceIds' is '0'. Expected a list of whole numbers.")]
    [InlineData("DeviceIds:0", "first", "'Splade:DeviceIds' is ''. Expected a whole number.")]
    [InlineData("DeviceIds:0", "-1", "'Splade:DeviceIds' is ''. The devices are [-1]")]
    [InlineData("Thread", "4", "'Splade:Thread' is no setting of a SPLADE engine. Expected one of Activation, ConcurrentRuns, DeviceIds, DropSpecialTokens, ")]
    [InlineData("LoggerFactory", "x", "'Splade:LoggerFactory' is no setting of a SPLADE engine.")]
    public void Configure_WhatDoesNotFit_IsNamedWithItsKey(string key, string value, string message)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Bind((key, value)));
        Assert.StartsWith(message, Assert.Single(error.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Configure_SeveralProblems_AreAllNamed()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Bind(("Threads", "0"), ("Thread", "1"), ("Precision", "?"), ("MaxTokens", "9")));
        Assert.Equal(3, error.Failures.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Configure_NothingAsAValue_LeavesTheDefault(string? nothing)
    {
        SpladeEngineOptions options = Bind(("Threads", nothing), ("ModelFile", nothing), ("ModelFolder", nothing));
        Assert.Equal((null, null, ""), (options.Threads, options.ModelFile, options.ModelFolder));
    }

    [Fact]
    public void Configure_OptionsOfAnotherName_AreLeftAlone()
    {
        var options = new SpladeEngineOptions();
        var sut = new ConfiguredSection<SpladeEngineOptions>("mine", Section(("Threads", "0")), ModelKind.Splade);
        sut.Configure("yours", options);
        sut.Configure(options);
        Assert.Throws<OptionsValidationException>(() => sut.Configure("mine", options));
    }

    private static void AssertComplete<TOptions>(IEnumerable<string> settings) => Assert.Equal(
        typeof(TOptions).GetProperties().Where(p => p.Name != nameof(EncoderOptions.Encoding)).Concat(typeof(SpladeEncodingOptions).GetProperties())
            .Where(p => p.SetMethod is { IsPublic: true }).Select(p => p.Name).Except(CodeOnly).Order(StringComparer.Ordinal),
        settings.Order(StringComparer.Ordinal));

    private static SpladeEngineOptions Bind(params (string Key, string? Value)[] settings)
    {
        var options = new SpladeEngineOptions();
        new ConfiguredSection<SpladeEngineOptions>("", Section(settings), ModelKind.Splade).Configure(options);
        return options;
    }

    private static IConfigurationSection Section(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>("Splade:" + s.Key, s.Value)))
        .Build()
        .GetSection("Splade");
}
