using Spectre.Console;

namespace RagChat.Tests.TestDoubles;

/// <summary>A console without colours that keeps what was written.</summary>
internal sealed class TestConsole : IDisposable
{
    private readonly StringWriter _output = new();

    public TestConsole(int width = 100)
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        Console.Profile.Width = width;
    }

    public IAnsiConsole Console { get; }

    public string Output => _output.ToString();

    public void Dispose() => _output.Dispose();
}
