using Spectre.Console;

namespace Splade.Cli.Terminal;

/// <summary>What is known of the terminal that standard output goes to, if it goes to one.</summary>
internal static class TerminalOutput
{
    private const string NoColor = "NO_COLOR";

    /// <summary>Running text in longer lines is hard to read.</summary>
    private const int MaxWidth = 120;

    private const int MinWidth = 40;

    /// <summary>Whether what is written to a place is to have colours.</summary>
    public static bool HasColors(ColorMode mode, string output) => mode switch
    {
        ColorMode.Always => true,
        ColorMode.Never => false,
        _ => output == StandardStreams.Standard
            && !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor))
            && ShowsColors(),
    };

    /// <summary>The cells of a line; null where output goes elsewhere.</summary>
    public static int? Width(string output) => output == StandardStreams.Standard && !Console.IsOutputRedirected
        ? Math.Clamp(AnsiConsole.Profile.Width, MinWidth, MaxWidth)
        : null;

    /// <summary>A console that writes to a text as to a terminal that is known.</summary>
    public static IAnsiConsole Open(TextWriter text, bool hasColors, int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColors ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        return console;
    }

    // Spectre switches the newer consoles of Windows to take escape sequences, and knows those that do not.
    private static bool ShowsColors() => OperatingSystem.IsWindows()
        ? AnsiConsole.Profile.Capabilities.Ansi
        : Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } terminal && terminal != "dumb";
}
