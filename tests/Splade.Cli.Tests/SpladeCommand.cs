using Splade.Cli.Terminal;

namespace Splade.Cli.Tests;

/// <summary>
/// Runs the program's commands in the process of the tests, many of them at once: all that <see cref="SpladeProcess"/> does but the start of a process.
/// What needs one, such as a signal, a terminal or a variable of the environment, is tried there.
/// </summary>
internal static class SpladeCommand
{
    static SpladeCommand()
    {
        StandardStreams.StandardInput = () => RoutedConsole.Current.Input;
        StandardStreams.StandardOutput = () => new KeptStream(RoutedConsole.Current.Output);
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => PipeAsync("", arguments);

    public static Task<(int ExitCode, string Output, string Error)> PipeAsync(string input, params string[] arguments) =>
        RoutedConsole.RunAsync(input, () => CommandRunner.RunAsync(SpladeCommandLine.Create(), arguments));

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
}
