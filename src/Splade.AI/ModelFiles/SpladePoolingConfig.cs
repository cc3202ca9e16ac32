using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>What a <c>SpladePooling</c> module does: its strategy and its activation.</summary>
internal sealed record SpladePoolingConfig(PoolingStrategy Strategy, SpladeActivation Activation, int? Dimensions)
{
    /// <summary>What Sentence Transformers assumes of a masked language model without <c>modules.json</c>.</summary>
    public static SpladePoolingConfig Default { get; } = new(PoolingStrategy.Max, SpladeActivation.Relu, null);

    public static SpladePoolingConfig Read(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        JsonElement config = JsonFile.Read(path);
        PoolingStrategy strategy = config.Text("pooling_strategy") switch
        {
            "max" or null => PoolingStrategy.Max,
            "sum" => PoolingStrategy.Sum,
            string other => throw new SpladeModelException($"'pooling_strategy' is '{other}', expected 'max' or 'sum'.", path),
        };
        SpladeActivation activation = config.Text("activation_function") switch
        {
            "relu" or null => SpladeActivation.Relu,
            "log1p_relu" => SpladeActivation.Log1pRelu,
            string other => throw new SpladeModelException($"'activation_function' is '{other}', expected 'relu' or 'log1p_relu'.", path),
        };
        return new SpladePoolingConfig(strategy, activation, config.Number("embedding_dimension") ?? config.Number("word_embedding_dimension"));
    }
}
