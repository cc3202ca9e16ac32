using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures.Settings;

/// <summary>What every configuration must say, or not say: the settings that make another model of the same tensors.</summary>
internal static class Requirements
{
    private static readonly string[] OfRelatives = ["rope_theta", "rope_parameters", "layer_types", "norm_type", "sliding_window", "layer_norm_epsilon"];

    /// <exception cref="SpladeModelException">A setting has a value that there is no graph for.</exception>
    public static void Require(ModelConfig config)
    {
        foreach (string name in new[] { "is_decoder", "is_encoder_decoder", "add_cross_attention" })
        {
            config.ExpectFalse(name);
        }

        foreach (string name in new[] { "quantization_config", "compression_config", "pruned_heads", "adapters", "peft_config" })
        {
            config.ExpectNothing(name);
        }
    }

    /// <summary>Refuses what changes the numbers of other architectures, and what this one did not read: its files are those of a relative.</summary>
    /// <param name="config">The configuration, which the architecture has been read from.</param>
    /// <param name="architecture">The architecture.</param>
    public static void RequireNoRelative(ModelConfig config, Architecture architecture)
    {
        int width = architecture.Embeddings.Word.Width;
        config.ExpectNumber("embedding_size", width);
        config.ExpectNumber("head_dim", width / architecture.Layers[0].Attention.Heads);
        config.ExpectFalse("norm_first");
        foreach (string name in OfRelatives.Where(name => !config.IsRead(name)))
        {
            config.ExpectNothing(name);
        }
    }

    /// <summary>Refuses a model with code of its own, which may compute anything.</summary>
    public static void RequireNoCode(ModelConfig config) => config.ExpectNothing("auto_map");
}
