namespace Splade.AI.Architectures.Settings;

/// <summary>What every configuration must say, or not say: the settings that make another model of the same tensors.</summary>
internal static class Requirements
{
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

    /// <summary>Refuses a model with code of its own, which may compute anything.</summary>
    public static void RequireNoCode(ModelConfig config) => config.ExpectNothing("auto_map");
}
