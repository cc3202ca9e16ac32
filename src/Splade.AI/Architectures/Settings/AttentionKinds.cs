using System.Text.Json;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures.Settings;

/// <summary>How a layer of ModernBERT attends.</summary>
/// <param name="Rotary">Its angles.</param>
/// <param name="Window">How far to each side it looks; null for the whole text.</param>
internal sealed record AttentionKind(RotaryAngles Rotary, int? Window);

/// <summary>Reads how ModernBERT's layers attend, in the spelling of transformers 4 or of 5. Where both are there the newer one counts.</summary>
internal static class AttentionKinds
{
    private const string Full = "full_attention";
    private const string Sliding = "sliding_attention";

    /// <summary>The kind of each layer.</summary>
    public static IReadOnlyList<AttentionKind> Read(ModelConfig config, EncoderSizes size)
    {
        if (size.HeadWidth % 2 != 0)
        {
            throw config.Refusal("num_attention_heads", "heads of an even width, for rotary positions");
        }

        config.ExpectNothing("rope_scaling");
        double full = config.RotaryBase("global_rope_theta", 160_000);

        // null is that of the other layers.
        double sliding = config.RotaryBase("local_rope_theta", config.Has("local_rope_theta") ? full : 10_000);
        var whole = new AttentionKind(RotaryAngles.Of(Theta(config, Full, full), size.HeadWidth), Window: null);

        // 128 tokens are 64 to each side.
        int reach = config.Count("local_attention", 128) / 2;
        config.ExpectNumber("sliding_window", reach);
        var window = new AttentionKind(RotaryAngles.Of(Theta(config, Sliding, sliding), size.HeadWidth), reach);
        int every = config.Count("global_attn_every_n_layers", 3);
        return config.Find("layer_types") is JsonElement types
            ? [.. Types(config, types, size.Layers).Select(type => type == Full ? whole : window)]
            : [.. Enumerable.Range(0, size.Layers).Select(i => i % every == 0 ? whole : window)];
    }

    private static string?[] Types(ModelConfig config, JsonElement types, int layers)
    {
        string?[] names = types.ValueKind == JsonValueKind.Array
            ? [.. types.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString() : null)]
            : [];
        return names.Length == layers && names.All(n => n is Full or Sliding)
            ? names
            : throw config.Refusal("layer_types", $"'{Full}' or '{Sliding}' for each of the {layers} layers");
    }

    private static double Theta(ModelConfig config, string kind, double fallback)
    {
        const string Name = "rope_parameters";
        if (config.Find(Name) is not JsonElement all)
        {
            return fallback;
        }

        if (all.ValueKind != JsonValueKind.Object || !all.TryGetProperty(kind, out JsonElement own) || own.ValueKind != JsonValueKind.Object)
        {
            throw config.Refusal(Name, $"an object with '{kind}'");
        }

        foreach (JsonProperty member in own.EnumerateObject())
        {
            bool isKnown = member.Name switch
            {
                "rope_theta" => true,
                "rope_type" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == "default",
                _ => member.Value.ValueKind == JsonValueKind.Null,
            };
            if (!isKnown)
            {
                throw config.Refusal(Name, $"'rope_theta' and the 'rope_type' 'default' alone in '{kind}'");
            }
        }

        return own.TryGetProperty("rope_theta", out JsonElement theta) && theta.ValueKind != JsonValueKind.Null
            ? config.RotaryBase(Name, theta)
            : fallback;
    }
}
