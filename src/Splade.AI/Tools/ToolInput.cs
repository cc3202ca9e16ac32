namespace Splade.AI.Tools;

/// <summary>The checks that all functions put their arguments through.</summary>
internal static class ToolInput
{
    /// <summary>How much of a wrong argument an error repeats.</summary>
    private const int MaxEcho = 40;

    /// <summary>A text, cut to a length.</summary>
    /// <exception cref="ToolProblemException">There is none, or it is blank.</exception>
    public static ToolText Text(string? text, string name, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ToolProblemException($"'{name}' is missing or blank.", $"Give '{name}' as a text of at least one word.");
        }

        string read = Excerpt.Head(text, maxLength);
        return new ToolText(read, read.Length < text.Length);
    }

    /// <summary>How long a list is to be: what was asked for, within bounds.</summary>
    public static int Top(int? top, int usual, int most) => Math.Clamp(top ?? usual, 1, most);

    /// <summary>One of an enumeration's values, by its name in any case.</summary>
    /// <exception cref="ToolProblemException">There is none of that name.</exception>
    public static TEnum Choice<TEnum>(string? text, string name, TEnum usual)
        where TEnum : struct, Enum
    {
        string[] names = Enum.GetNames<TEnum>();
        string wanted = string.IsNullOrWhiteSpace(text) ? usual.ToString() : text.Trim();
        int at = Array.FindIndex(names, n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? Enum.GetValues<TEnum>()[at] : throw new ToolProblemException(
            $"'{name}' is '{Echo(wanted)}', which is not known.", $"Give one of {string.Join(", ", names).ToLowerInvariant()}.");
    }

    /// <summary>The beginning of what a caller wrote, to be shown to it in an error.</summary>
    public static string Echo(string text) => Excerpt.Around(text, 0, MaxEcho);
}
