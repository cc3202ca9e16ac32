using System.Text.Json;

namespace Splade.AI.Architectures.Settings;

/// <summary>A model's <c>config.json</c>. A setting that changes numbers is read, or has a single value here, and any other value is refused by name.</summary>
/// <param name="json">Its root.</param>
/// <param name="path">The file.</param>
internal sealed class ModelConfig(JsonElement json, string path)
{
    /// <summary>More than any size of a model.</summary>
    public const int MostOfAnything = 1 << 24;

    private const int LongestExcerpt = 80;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secondNames = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>A setting; null if it is left out or null.</summary>
    public JsonElement? Find(string name)
    {
        _asked.Add(name);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value
            : _secondNames.TryGetValue(name, out string? second) ? Find(second)
            : null;
    }

    /// <summary>Whether a setting is there, be it null.</summary>
    public bool Has(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    /// <summary>Whether a setting was asked for.</summary>
    public bool IsRead(string name) => _asked.Contains(name);

    /// <summary>Gives a setting a second name, which counts where the first is not there. Both may be there if they say the same.</summary>
    public void Rename(string second, string name)
    {
        if (Find(name) is JsonElement value && Find(second) is JsonElement other && !JsonElement.DeepEquals(value, other))
        {
            throw Refusal(second, $"what '{name}' says, {value}");
        }

        _secondNames.Add(name, second);
    }

    /// <summary>A whole number, which some write as <c>256.0</c>.</summary>
    public int Count(string name, int fallback, int least = 1, int most = MostOfAnything) => Find(name) switch
    {
        null => fallback,
        JsonElement { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double value)
            && double.IsInteger(value) && value >= least && value <= most => (int)value,
        _ => throw Refusal(name, $"a whole number from {least} to {most}"),
    };

    /// <summary>A number above 0.</summary>
    public double Positive(string name, double fallback) => Find(name) is not JsonElement value ? fallback : Positive(name, value);

    /// <summary>The base of rotary positions. Outside these bounds all angles are the same, or none is a number.</summary>
    public double RotaryBase(string name, double fallback) => Find(name) is not JsonElement value ? fallback : RotaryBase(name, value);

    /// <summary>The base of rotary positions, in a setting that is inside another one.</summary>
    public double RotaryBase(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number is >= 1 and <= 1e12
            ? number
            : throw Refusal(name, "a number from 1 to 1e12");

    /// <summary>A number above 0 and below 1, in float32 too.</summary>
    public double Fraction(string name, double fallback) => Find(name) is not JsonElement value ? fallback
        : Positive(name, value) is < 1 and double number && (float)number is > 0 and < 1 ? number
        : throw Refusal(name, "a number above 0 and below 1");

    /// <summary>The number of a setting that is inside another one.</summary>
    public double Positive(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0 && double.IsFinite(number)
            ? number
            : throw Refusal(name, "a number above 0");

    public bool Flag(string name, bool fallback) => Find(name)?.ValueKind switch
    {
        null => fallback,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refusal(name, "true or false"),
    };

    public string Text(string name, string fallback) => Find(name) switch
    {
        null => fallback,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => throw Refusal(name, "text"),
    };

    /// <summary>Refuses a setting unless it is left out, null, or one of some texts.</summary>
    public void Expect(string name, params ReadOnlySpan<string> allowed)
    {
        if (!allowed.Contains(Text(name, allowed[0])))
        {
            throw Refusal(name, string.Join(" or ", allowed.ToArray().Select(a => $"'{a}'")));
        }
    }

    /// <summary>Refuses a setting that is true.</summary>
    public void ExpectFalse(string name)
    {
        if (Flag(name, fallback: false))
        {
            throw Refusal(name, "false");
        }
    }

    /// <summary>Refuses a setting unless it is left out, null, or a list or object with nothing in it.</summary>
    public void ExpectNothing(string name)
    {
        if (Find(name) is JsonElement value && value.GetRawText().AsSpan().Trim("{}[] \t\r\n").Length > 0)
        {
            throw Refusal(name, "nothing");
        }
    }

    /// <summary>Refuses a setting unless it is left out, null, or a number.</summary>
    public void ExpectNumber(string name, int expected)
    {
        if (Count(name, expected) != expected)
        {
            throw Refusal(name, $"{expected}");
        }
    }

    /// <summary>What is to be thrown where a setting has another value than there is a graph for.</summary>
    public SpladeModelException Refusal(string name, string expected) => new(
        $"'{name}' is {Excerpt(Find(name))}, expected {expected}. No graph can be written for other values: export the model to ONNX, "
        + "or correct the file if that is a mistake.", path);

    /// <summary>The settings that nobody asked for, and that are not known to change nothing.</summary>
    public IEnumerable<string> Unknown() => json.ValueKind != JsonValueKind.Object
        ? []
        : json.EnumerateObject().Select(p => p.Name)
            .Where(name => !_asked.Contains(name) && !SettingsWithoutEffect.Names.Contains(name))
            .Select(name => $"'{ShortNames.Cut(name)}' of {System.IO.Path.GetFileName(path)}");

    private static string Excerpt(JsonElement? value)
    {
        string text = value switch
        {
            null => "missing",
            JsonElement { ValueKind: JsonValueKind.String } written => $"'{written.GetString()}'",
            JsonElement other => other.GetRawText(),
        };
        return text.Length <= LongestExcerpt ? text : $"{text.AsSpan(0, LongestExcerpt)}...";
    }
}
