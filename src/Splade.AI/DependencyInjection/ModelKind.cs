using Splade.AI.BgeM3;
using Splade.AI.Bm42;
using Splade.AI.ModelFiles;
using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI.DependencyInjection;

/// <summary>The kinds there are.</summary>
internal static class ModelKind
{
    /// <summary>Settings of all. What is added to the options is added here, or to the list of the test that compares them.</summary>
    private static readonly Dictionary<string, Action<EncoderOptions, SettingValue>> EncoderSettings = new()
    {
        [nameof(EncoderOptions.ModelFolder)] = (options, setting) => options.ModelFolder = setting.Text(),
        [nameof(SpladeEncodingOptions.MaxTokens)] = (options, setting) => options.Encoding.MaxTokens = setting.Integer(),
        [nameof(SpladeEncodingOptions.LongTextHandling)] = (options, setting) => options.Encoding.LongTextHandling = setting.Choice<LongTextHandling>(),
        [nameof(SpladeEncodingOptions.WindowOverlap)] = (options, setting) => options.Encoding.WindowOverlap = setting.Integer(),
        [nameof(SpladeEncodingOptions.MaxActiveDimensions)] = (options, setting) => options.Encoding.MaxActiveDimensions = setting.Integer(),
        [nameof(SpladeEncodingOptions.Prompt)] = (options, setting) => options.Encoding.Prompt = setting.Text(),
        [nameof(SpladeEncodingOptions.PromptName)] = (options, setting) => options.Encoding.PromptName = setting.Text(),
        [nameof(EncoderOptions.ModelFile)] = (options, setting) => options.ModelFile = setting.Text(),
        [nameof(EncoderOptions.SpecialTokensInText)] = (options, setting) => options.SpecialTokensInText = setting.Flag(),
        [nameof(EncoderOptions.ExecutionProvider)] = (options, setting) => options.ExecutionProvider = setting.Choice<ExecutionProvider>(),
        [nameof(EncoderOptions.DeviceIds)] = (options, setting) => options.DeviceIds = setting.Integers(),
        [nameof(EncoderOptions.Threads)] = (options, setting) => options.Threads = setting.Integer(),
        [nameof(EncoderOptions.ConcurrentRuns)] = (options, setting) => options.ConcurrentRuns = setting.Integer(),
    };

    private static readonly Dictionary<string, Action<SpladeEngineOptions, SettingValue>> EngineSettings = new()
    {
        [nameof(SpladeEngineOptions.Precision)] = (options, setting) => options.Precision = setting.Choice<Precision>(),
        [nameof(SpladeEngineOptions.DropSpecialTokens)] = (options, setting) => options.DropSpecialTokens = setting.Flag(),
        [nameof(SpladeEngineOptions.Activation)] = (options, setting) => options.Activation = setting.Choice<SpladeActivation>(),
        [nameof(SpladeEngineOptions.Policy)] = (options, setting) => options.Policy = VocabularyPolicy.Load(setting.File()),
    };

    private static readonly Dictionary<string, Action<DenseEmbeddingGeneratorOptions, SettingValue>> DenseSettings = new()
    {
        [nameof(DenseEmbeddingGeneratorOptions.Precision)] = (options, setting) => options.Precision = setting.Choice<Precision>(),
    };

    private static readonly Dictionary<string, Action<CrossEncoderRerankerOptions, SettingValue>> RerankerSettings = new()
    {
        [nameof(CrossEncoderRerankerOptions.Label)] = (options, setting) => options.Label = setting.Text(),
        [nameof(CrossEncoderRerankerOptions.Truncation)] = (options, setting) => options.Truncation = setting.Choice<PairTruncation>(),
    };

    private static readonly Dictionary<string, Action<Bm42Options, SettingValue>> Bm42Settings = new()
    {
        [nameof(Bm42Options.Alpha)] = (options, setting) => options.Alpha = setting.Number(),
    };

    public static ModelKind<SpladeEngineOptions> Splade { get; } = new("SPLADE engine", With(EngineSettings), options =>
    {
        SpladeModel model = SpladeModel.Read(options.ModelFolder, options.ModelFile, options.Activation);
        TokenLimit.Require(options.Encoding.MaxTokens, model.MaxTokens, nameof(options));
        TextWindows.RequireOverlap(options.Encoding.WindowOverlap, options.Encoding.MaxTokens ?? model.MaxTokens, nameof(options));
    });

    public static ModelKind<DenseEmbeddingGeneratorOptions> Dense { get; } = new("dense generator", With(DenseSettings), options =>
    {
        DenseModel model = DenseModel.Read(options.ModelFolder, options.ModelFile);
        TokenLimit.Require(options.Encoding.MaxTokens, model.MaxTokens, nameof(options));
    });

    public static ModelKind<CrossEncoderRerankerOptions> Reranker { get; } = new("reranker", With(RerankerSettings), options =>
    {
        CrossEncoderModel model = CrossEncoderModel.Read(options.ModelFolder, options.ModelFile);
        options.RequireEncodingOfPairs(nameof(options));
        model.FindLabel(options.Label);
        TokenLimit.Require(options.Encoding.MaxTokens, model.Transformer.MaxTokens, nameof(options));
    });

    public static ModelKind<BgeM3Options> BgeM3 { get; } = new("BGE-M3 encoder", With<BgeM3Options>([]), options =>
    {
        var folder = BgeM3Folder.Read(options.ModelFolder, options.ModelFile);
        TokenLimit.Require(options.Encoding.MaxTokens, folder.Transformer.MaxTokens, nameof(options));
    });

    public static ModelKind<Bm42Options> Bm42 { get; } = new(
        "BM42 generator",
        With(Bm42Settings),
        options =>
        {
            var folder = Bm42Folder.Read(options.ModelFolder, options.ModelFile);
            TokenLimit.Require(options.Encoding.MaxTokens, folder.Transformer.MaxTokens, nameof(options));
        });

    private static Dictionary<string, Action<TOptions, SettingValue>> With<TOptions>(
        Dictionary<string, Action<TOptions, SettingValue>> own)
        where TOptions : EncoderOptions, new()
    {
        var all = new Dictionary<string, Action<TOptions, SettingValue>>(own, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, Action<EncoderOptions, SettingValue> set) in EncoderSettings)
        {
            all.Add(name, set);
        }

        return all;
    }
}
