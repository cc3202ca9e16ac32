using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Splade.AI.DependencyInjection;

/// <summary>What a configuration says, as a value; a <see cref="FormatException"/> says what was expected where it is none.</summary>
/// <param name="Section">Where it stands.</param>
/// <param name="Root">What a relative path starts from; null for the working folder.</param>
internal readonly record struct SettingValue(IConfigurationSection Section, string? Root)
{
    public string Text() => Text(Section);

    public int Integer() => Integer(Section);

    public double Number() => double.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new FormatException("Expected a number.");

    public bool Flag() => bool.TryParse(Text(), out bool value) ? value : throw new FormatException("Expected true or false.");

    /// <summary>A file, by its full path where a root is known.</summary>
    public string File() => ContentRoot.Resolve(Text(), Root);

    /// <summary>A member of an enumeration by its name; numbers are none.</summary>
    public TEnum Choice<TEnum>()
        where TEnum : struct, Enum
    {
        string text = Text();
        string[] names = Enum.GetNames<TEnum>();
        int member = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return member >= 0 ? Enum.Parse<TEnum>(names[member]) : throw new FormatException($"Expected one of {string.Join(", ", names)}.");
    }

    public int[] Integers() => Section.Value is null
        ? [.. Section.GetChildren().Select(Integer)]
        : throw new FormatException("Expected a list of whole numbers.");

    private static string Text(IConfigurationSection section) =>
        section.Value ?? throw new FormatException("Expected a text, found a list or a section.");

    private static int Integer(IConfigurationSection section) =>
        int.TryParse(Text(section), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException("Expected a whole number.");
}
