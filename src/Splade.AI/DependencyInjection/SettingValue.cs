using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Splade.AI.DependencyInjection;

/// <summary>What a configuration says, as a value; a <see cref="FormatException"/> says what was expected where it is none.</summary>
internal static class SettingValue
{
    public static string Text(IConfigurationSection section) => section.Value ?? throw new FormatException("Expected a text, found a list or a section.");

    public static int Integer(IConfigurationSection section) =>
        int.TryParse(Text(section), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException("Expected a whole number.");

    public static bool Flag(IConfigurationSection section) =>
        bool.TryParse(Text(section), out bool value) ? value : throw new FormatException("Expected true or false.");

    /// <summary>A member of an enumeration by its name; numbers are none.</summary>
    public static TEnum Choice<TEnum>(IConfigurationSection section)
        where TEnum : struct, Enum
    {
        string[] names = Enum.GetNames<TEnum>();
        int member = Array.FindIndex(names, name => name.Equals(Text(section), StringComparison.OrdinalIgnoreCase));
        return member >= 0 ? Enum.Parse<TEnum>(names[member]) : throw new FormatException($"Expected one of {string.Join(", ", names)}.");
    }

    public static int[] Integers(IConfigurationSection section) => section.Value is null
        ? [.. section.GetChildren().Select(Integer)]
        : throw new FormatException("Expected a list of whole numbers.");
}
