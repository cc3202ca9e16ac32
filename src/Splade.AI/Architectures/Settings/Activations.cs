using System.Collections.Frozen;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures.Settings;

/// <summary>The names that transformers has for activations.</summary>
internal static class Activations
{
    private static readonly FrozenDictionary<string, Activation> Known = new Dictionary<string, Activation>
    {
        ["gelu"] = Activation.Gelu,
        ["gelu_python"] = Activation.Gelu,
        ["gelu_new"] = Activation.GeluTanh,
        ["gelu_pytorch_tanh"] = Activation.GeluTanh,
        ["gelu_fast"] = Activation.GeluTanh,
        ["relu"] = Activation.Relu,
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["quick_gelu"] = Activation.QuickGelu,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The activation that a setting names.</summary>
    public static Activation Read(ModelConfig config, string name, string fallback) =>
        Known.TryGetValue(config.Text(name, fallback), out Activation activation)
            ? activation
            : throw config.Refusal(name, $"one of {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}");
}
