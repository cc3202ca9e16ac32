using System.Text;
using Splade.Cli.Terminal;

namespace Splade.Cli.Tests;

/// <summary>
/// Runs the program's commands in the process of the tests, many of them at once: all that <see cref="SpladeProcess"/> does but the start of a process.
/// What needs one, such as a signal, a terminal or a variable of the environment, is tried there.
/// </summary>
internal static class SpladeCommand
{
    private static readonly AsyncLocal<Streams?> Current = new();

    static SpladeCommand()
    {
        Console.SetOut(new RoutedWriter(Console.Out, streams => streams.Text));
        Console.SetError(new RoutedWriter(Console.Error, streams => streams.SharedError));
        StandardStreams.StandardInput = () => Current.Value!.Input;
        StandardStreams.StandardOutput = () => new KeptStream(Current.Value!.Output);
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => PipeAsync("", arguments);

    public static async Task<(int ExitCode, string Output, string Error)> PipeAsync(string input, params string[] arguments)
    {
        var streams = new Streams(input);
        Current.Value = streams;
        int exitCode = await CommandRunner.RunAsync(SpladeCommandLine.Create(), arguments);
        await streams.Text.FlushAsync();
        return (exitCode, Encoding.UTF8.GetString(streams.Output.ToArray()), streams.Error.ToString());
    }

    private sealed class Streams
    {
        public Streams(string input)
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input));
            Text = new StreamWriter(Output) { AutoFlush = true };
            SharedError = TextWriter.Synchronized(Error);
        }

        public MemoryStream Input { get; }

        public MemoryStream Output { get; } = new();

        public TextWriter Text { get; }

        public StringWriter Error { get; } = new();

        /// <summary>The same for the several threads of a command.</summary>
        public TextWriter SharedError { get; }
    }

    /// <summary>The standard output outlives whoever closes it.</summary>
    private sealed class KeptStream(MemoryStream output) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => output.Write(buffer);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            output.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            output.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Writes to the streams of the command that is running here; where none is, to the console.</summary>
    private sealed class RoutedWriter(TextWriter console, Func<Streams, TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        private TextWriter Target => Current.Value is Streams streams ? choose(streams) : console;

        public override void Write(char value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(string? value) => Target.Write(value);

        public override void Flush() => Target.Flush();
    }
}
