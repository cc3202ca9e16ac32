using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>What a <c>SpladePooling</c> module does: its strategy and its activation.</summary>
internal sealed record SpladePoolingConfig(PoolingStrategy Strategy, SpladeActivation Activation, int? Dimensions)
{
    /// <summary>What Sentence Transformers assumes of a masked language model without <c>modules.json</c>.</summary>
    public static SpladePoolingConfig Default { get; } = new(PoolingStrategy.Max, SpladeActivation.Relu, null);

    public static SpladePoolingConfig Read(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        var file = SettingsFile.Read(path);
        JsonElement config = file.Json;
        PoolingStrategy strategy = file.Find("pooling_strategy") is null ? PoolingStrategy.Max : config.Text("pooling_strategy") switch
        {
            "max" => PoolingStrategy.Max,
            "sum" => PoolingStrategy.Sum,
            _ => throw file.Refusal("pooling_strategy", "'max' or 'sum'", "Use a model that pools in one of these ways."),
        };
        SpladeActivation activation = file.Find("activation_function") is null ? SpladeActivation.Relu : config.Text("activation_function") switch
        {
            "relu" => SpladeActivation.Relu,
            "log1p_relu" => SpladeActivation.Log1pRelu,
            _ => throw file.Refusal("activation_function", "'relu' or 'log1p_relu'", "Use a model with one of these."),
        };
        return new SpladePoolingConfig(strategy, activation, config.Number("embedding_dimension") ?? config.Number("word_embedding_dimension"));
    }
}
