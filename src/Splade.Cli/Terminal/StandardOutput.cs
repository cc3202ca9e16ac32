using Splade.AI.Display;

namespace Splade.Cli.Terminal;

/// <summary>Results for people: UTF-8 with LF.</summary>
internal static class StandardOutput
{
    /// <summary>Writes lines that cannot command the terminal, whatever they quote. JSON has nothing in it that is cleaned.</summary>
    public static Task WriteAsync(string text, CancellationToken cancellationToken) =>
        StandardStreams.WriteAsync(StandardStreams.Standard, TerminalText.Clean(text), cancellationToken);

    /// <summary>Writes a path on a line of its own, for scripts exactly as it is.</summary>
    public static Task WritePathAsync(string path, CancellationToken cancellationToken) => Console.IsOutputRedirected
        ? StandardStreams.WriteAsync(StandardStreams.Standard, $"{path}\n", cancellationToken)
        : WriteAsync($"{TerminalText.CleanLine(path)}\n", cancellationToken);
}
