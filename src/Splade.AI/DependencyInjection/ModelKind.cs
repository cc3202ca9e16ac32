using Microsoft.Extensions.Configuration;
using Splade.AI.ModelFiles;
using Splade.AI.Policy;

namespace Splade.AI.DependencyInjection;

/// <summary>The kinds there are.</summary>
internal static class ModelKind
{
    /// <summary>Settings of both. What is added to the options is added here, or to the list of the test that compares them.</summary>
    private static readonly Dictionary<string, Action<EncoderOptions, IConfigurationSection>> EncoderSettings = new()
    {
        [nameof(EncoderOptions.ModelFolder)] = (options, section) => options.ModelFolder = SettingValue.Text(section),
        [nameof(EncoderOptions.MaxTokens)] = (options, section) => options.MaxTokens = SettingValue.Integer(section),
        [nameof(EncoderOptions.OnnxFile)] = (options, section) => options.OnnxFile = SettingValue.Text(section),
        [nameof(EncoderOptions.SpecialTokensInText)] = (options, section) => options.SpecialTokensInText = SettingValue.Flag(section),
        [nameof(EncoderOptions.ExecutionProvider)] = (options, section) => options.ExecutionProvider = SettingValue.Choice<ExecutionProvider>(section),
        [nameof(EncoderOptions.DeviceIds)] = (options, section) => options.DeviceIds = SettingValue.Integers(section),
        [nameof(EncoderOptions.Threads)] = (options, section) => options.Threads = SettingValue.Integer(section),
        [nameof(EncoderOptions.ConcurrentRuns)] = (options, section) => options.ConcurrentRuns = SettingValue.Integer(section),
    };

    private static readonly Dictionary<string, Action<SpladeEngineOptions, IConfigurationSection>> EngineSettings = new()
    {
        [nameof(SpladeEngineOptions.MaxActiveDimensions)] = (options, section) => options.MaxActiveDimensions = SettingValue.Integer(section),
        [nameof(SpladeEngineOptions.Precision)] = (options, section) => options.Precision = SettingValue.Choice<Precision>(section),
        [nameof(SpladeEngineOptions.DropSpecialTokens)] = (options, section) => options.DropSpecialTokens = SettingValue.Flag(section),
        [nameof(SpladeEngineOptions.LongTextHandling)] = (options, section) => options.LongTextHandling = SettingValue.Choice<LongTextHandling>(section),
        [nameof(SpladeEngineOptions.WindowOverlap)] = (options, section) => options.WindowOverlap = SettingValue.Integer(section),
        [nameof(SpladeEngineOptions.Policy)] = (options, section) => options.Policy = VocabularyPolicy.Load(SettingValue.Text(section)),
    };

    public static ModelKind<SpladeEngineOptions> Splade { get; } = new("SPLADE engine", With(EngineSettings), options =>
    {
        SpladeModel model = SpladeModel.Read(options.ModelFolder, options.OnnxFile);
        TokenLimit.Require(options.MaxTokens, model.MaxTokens, nameof(options));
    });

    public static ModelKind<DenseEmbeddingGeneratorOptions> Dense { get; } = new("dense generator", With<DenseEmbeddingGeneratorOptions>([]), options =>
    {
        DenseModel model = DenseModel.Read(options.ModelFolder, options.OnnxFile);
        TokenLimit.Require(options.MaxTokens, model.MaxTokens, nameof(options));
    });

    private static Dictionary<string, Action<TOptions, IConfigurationSection>> With<TOptions>(
        Dictionary<string, Action<TOptions, IConfigurationSection>> own)
        where TOptions : EncoderOptions, new()
    {
        var all = new Dictionary<string, Action<TOptions, IConfigurationSection>>(own, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, Action<EncoderOptions, IConfigurationSection> set) in EncoderSettings)
        {
            all.Add(name, set);
        }

        return all;
    }
}
