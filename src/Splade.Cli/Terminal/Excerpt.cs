using Splade.AI.Display;

namespace Splade.Cli.Terminal;

/// <summary>The beginning of a text on one line, safe to show: a text must not command the terminal.</summary>
internal static class Excerpt
{
    private const int MaxLength = 100;

    public static string Of(string text)
    {
        int length = Math.Min(text.Length, MaxLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        string shown = TerminalText.CleanLine(text[..length]);
        return length < text.Length ? $"{shown.TrimEnd()}..." : shown;
    }
}
