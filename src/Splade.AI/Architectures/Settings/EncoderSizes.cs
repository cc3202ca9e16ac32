using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures.Settings;

/// <summary>The numbers that all encoders have.</summary>
/// <param name="Vocabulary">Words.</param>
/// <param name="Hidden">The numbers of a token between layers.</param>
/// <param name="Layers">How many layers.</param>
/// <param name="Heads">The heads of an attention.</param>
/// <param name="Intermediate">The numbers of a token inside the feed-forward part.</param>
/// <param name="Activation">The activation there.</param>
/// <param name="Epsilon">What norms add to the variance.</param>
internal sealed record EncoderSizes(int Vocabulary, int Hidden, int Layers, int Heads, int Intermediate, Activation Activation, double Epsilon)
{
    private const int MostLayers = 1000;

    /// <summary>The width of a head.</summary>
    public int HeadWidth => Hidden / Heads;

    /// <param name="config">The configuration.</param>
    /// <param name="keys">What it calls them.</param>
    /// <param name="defaults">What transformers takes where it does not say.</param>
    public static EncoderSizes Read(ModelConfig config, EncoderKeys keys, EncoderSizes defaults)
    {
        int hidden = config.Count(keys.Hidden, defaults.Hidden);
        int heads = config.Count(keys.Heads, defaults.Heads);
        return new EncoderSizes(
            config.Count("vocab_size", defaults.Vocabulary),
            hidden,
            config.Count(keys.Layers, defaults.Layers, most: MostLayers),
            hidden % heads == 0 ? heads : throw config.Refusal(keys.Heads, $"a divisor of '{keys.Hidden}', {hidden}"),
            config.Count(keys.Intermediate, defaults.Intermediate),
            Activations.Read(config, keys.Activation, "gelu"),
            keys.Epsilon is string epsilon ? config.Fraction(epsilon, defaults.Epsilon) : defaults.Epsilon);
    }
}

/// <summary>What a configuration calls the sizes of an encoder.</summary>
internal sealed record EncoderKeys
{
    public string Hidden { get; init; } = "hidden_size";

    public string Layers { get; init; } = "num_hidden_layers";

    public string Heads { get; init; } = "num_attention_heads";

    public string Intermediate { get; init; } = "intermediate_size";

    public string Activation { get; init; } = "hidden_act";

    /// <summary>Null where no setting says it.</summary>
    public string? Epsilon { get; init; } = "layer_norm_eps";
}
