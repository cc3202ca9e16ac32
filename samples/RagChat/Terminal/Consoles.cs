using Spectre.Console;

namespace RagChat.Terminal;

/// <summary>Where the program writes: answers to standard output; progress, warnings and errors to standard error.</summary>
internal sealed record Consoles(IAnsiConsole Answers, IAnsiConsole Status)
{
    public static Consoles OfProcess() => new(On(Console.Out), On(Console.Error));

    private static IAnsiConsole On(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            // Lines in a file are for programs: they must not break where some terminal would end.
            console.Profile.Width = 10_000;
        }

        return console;
    }
}
