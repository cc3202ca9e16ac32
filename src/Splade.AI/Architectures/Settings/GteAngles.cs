using System.Text.Json;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures.Settings;

/// <summary>Reads by how much GTE's rotary positions turn: as its own files say it, or as transformers 5 does.</summary>
internal static class GteAngles
{
    private const string Scaling = "rope_scaling";
    private const string Parameters = "rope_parameters";
    private const string Theta = "rope_theta";
    private const double LargestFactor = 1e6;

    /// <param name="config">The configuration.</param>
    /// <param name="size">The sizes.</param>
    /// <param name="mayBeNew">Whether it may say it as transformers 5 does, which reads the older settings too.</param>
    public static RotaryAngles Read(ModelConfig config, EncoderSizes size, bool mayBeNew)
    {
        double theta = config.RotaryBase(Theta, 10_000);
        if (size.HeadWidth % 2 != 0)
        {
            throw config.Refusal("num_attention_heads", "heads of an even width, for rotary positions");
        }

        if (mayBeNew && config.Find(Parameters) is JsonElement parameters)
        {
            config.ExpectNothing(Scaling);
            return FromParameters(config, parameters, theta, size.HeadWidth);
        }

        if (config.Find(Scaling) is not JsonElement scaling)
        {
            return RotaryAngles.Of(theta, size.HeadWidth);
        }

        // The published code scales its table as soon as it is made, so that texts of every length are turned by the scaled angles.
        return IsText(scaling, "type", "ntk") && HasOnly(scaling, "type", "factor") && Factor(config, Scaling, scaling, above: 1) is double factor
            ? RotaryAngles.Of(theta * factor, size.HeadWidth, Math.Pow(factor, 2.0 / size.HeadWidth))
            : throw config.Refusal(Scaling, "the type 'ntk' and a factor above 1");
    }

    // There the scaling of older files is the type 'linear', which divides all angles.
    private static RotaryAngles FromParameters(ModelConfig config, JsonElement parameters, double fallback, int width)
    {
        double? factor = !HasOnly(parameters, "rope_type", "factor", Theta) ? null
            : IsText(parameters, "rope_type", "default") && HasOnly(parameters, "rope_type", Theta) ? 1
            : IsText(parameters, "rope_type", "linear") ? Factor(config, Parameters, parameters, above: 0)
            : null;
        double theta = parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(Theta, out JsonElement written)
            ? config.RotaryBase(Parameters, written)
            : fallback;
        return factor is double divisor
            ? RotaryAngles.Of(theta, width, divisor)
            : throw config.Refusal(Parameters, "the rope_type 'default', or 'linear' and a factor");
    }

    private static double? Factor(ModelConfig config, string name, JsonElement json, double above) =>
        json.TryGetProperty("factor", out JsonElement written) && config.Positive(name, written) is double factor && factor > above && factor <= LargestFactor
            ? factor
            : null;

    private static bool IsText(JsonElement json, string name, string text) => json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() == text;

    private static bool HasOnly(JsonElement json, params string[] names) => json.ValueKind == JsonValueKind.Object
        && json.EnumerateObject().All(member => names.Contains(member.Name) || member.Value.ValueKind == JsonValueKind.Null);
}
