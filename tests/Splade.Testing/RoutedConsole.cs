using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace Splade.Testing;

/// <summary>
/// The console that a program sees which a test runs in its own process, many of them at once: the console of the process leads to that of the call that asks.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "They hold memory only, and a thread of a program may write when that has ended.")]
public sealed class RoutedConsole
{
    private static readonly AsyncLocal<RoutedConsole?> Entered = new();

    private readonly StringWriter _error = new();
    private readonly StreamWriter _text;
    private readonly TextWriter _sharedError;
    private readonly StreamReader _lines;

    static RoutedConsole()
    {
        Console.SetIn(new RoutedReader());
        Console.SetOut(new RoutedWriter(Console.Out, console => console._text));
        Console.SetError(new RoutedWriter(Console.Error, console => console._sharedError));
    }

    private RoutedConsole(string input)
    {
        Input = new MemoryStream(Encoding.UTF8.GetBytes(input));
        _lines = new StreamReader(Input);
        _text = new StreamWriter(Output) { AutoFlush = true };

        // The same for the several threads of a program.
        _sharedError = TextWriter.Synchronized(_error);
    }

    /// <summary>That of the program which is running here.</summary>
    public static RoutedConsole Current => Entered.Value ?? throw new InvalidOperationException("No program has entered a console here.");

    /// <summary>The bytes that the program reads.</summary>
    public MemoryStream Input { get; }

    /// <summary>The bytes that it has written.</summary>
    public MemoryStream Output { get; } = new();

    /// <summary>Runs a program that is called as a method, with a console of its own.</summary>
    /// <param name="input">What it reads from the standard input, which ends there.</param>
    /// <param name="program">Gives its exit code.</param>
    /// <returns>The exit code, and what it wrote to the standard output and to the standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string input, Func<Task<int>> program)
    {
        var console = new RoutedConsole(input);
        Entered.Value = console;
        int exitCode = await program();
        await console._text.FlushAsync();
        return (exitCode, Encoding.UTF8.GetString(console.Output.ToArray()), console._error.ToString());
    }

    /// <summary>Runs the entry point of a program.</summary>
    /// <inheritdoc cref="RunAsync(string, Func{Task{int}})"/>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string input, Assembly program, params string[] arguments)
    {
        MethodInfo main = program.EntryPoint!;
        object[] given = main.GetParameters().Length == 0 ? [] : [arguments];
        return RunAsync(input, () => Task.Run(() => (int?)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, given, null) ?? 0));
    }

    private sealed class RoutedReader : TextReader
    {
        public override int Peek() => Current._lines.Peek();

        public override int Read() => Current._lines.Read();
    }

    /// <summary>Writes to the console of the program that is running here; where none is, to that of the process.</summary>
    private sealed class RoutedWriter(TextWriter process, Func<RoutedConsole, TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        private TextWriter Target => Entered.Value is RoutedConsole console ? choose(console) : process;

        public override void Write(char value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(string? value) => Target.Write(value);

        public override void Flush() => Target.Flush();
    }
}
