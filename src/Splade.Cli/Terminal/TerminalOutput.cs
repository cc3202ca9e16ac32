using Spectre.Console;

namespace Splade.Cli.Terminal;

/// <summary>What is known of the terminal that standard output goes to, if it goes to one.</summary>
internal static class TerminalOutput
{
    /// <summary>Running text in longer lines is hard to read.</summary>
    private const int MaxWidth = 120;

    private const int MinWidth = 40;

    /// <summary>Whether what is written to a place is to have colours.</summary>
    public static bool HasColors(ColorMode mode, string output) => mode switch
    {
        ColorMode.Always => true,
        ColorMode.Never => false,
        _ => output == StandardStreams.Standard && !Console.IsOutputRedirected && ShowsColors(),
    };

    /// <summary>The cells of a line; null where standard output is no terminal.</summary>
    public static int? Width() =>
        Console.IsOutputRedirected ? null : Math.Clamp(AnsiConsole.Profile.Width, MinWidth, MaxWidth);

    // Knows TERM, NO_COLOR and old consoles of Windows, and switches newer ones to take escape sequences.
    private static bool ShowsColors() =>
        AnsiConsole.Profile.Capabilities is { Ansi: true, ColorSystem: ColorSystem.EightBit or ColorSystem.TrueColor };
}
