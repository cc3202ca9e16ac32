using Splade.AI.Display;

namespace Splade.Cli.Terminal;

/// <summary>Messages to the person or script that started the program.</summary>
internal static class StandardError
{
    /// <summary>Writes a message as one line that cannot command the terminal, whatever it quotes.</summary>
    public static void WriteLine(string message) =>
        Console.Error.WriteLine($"splade: {TerminalText.CleanLine(message.ReplaceLineEndings(" ")).TrimEnd()}");
}
