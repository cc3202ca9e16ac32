using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Splade.Cli.Terminal;

/// <summary>The files and pipes that a command reads and writes; <c>-</c> is standard input or output.</summary>
internal static class StandardStreams
{
    public const string Standard = "-";

    private const int StandardOutputDescriptor = 1;
    private const int BrokenPipeOnUnix = 32;

    /// <summary>Gets or sets what opens the standard input; tests give another.</summary>
    public static Func<Stream> StandardInput { get; set; } = Console.OpenStandardInput;

    /// <summary>Gets or sets what opens the standard output; tests give another.</summary>
    public static Func<Stream> StandardOutput { get; set; } = OpenStandardOutput;

    /// <summary>Opens a file or standard input. Of a terminal it says that it is read, since a program that waits looks like one that hangs.</summary>
    public static Stream OpenInput(string path)
    {
        if (path != Standard)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }

        if (!Console.IsInputRedirected)
        {
            string end = OperatingSystem.IsWindows() ? "Ctrl+Z and Enter end" : "Ctrl+D ends";
            StandardError.WriteLine($"Reading texts from the terminal, one on each line. {end} them.");
        }

        return StandardInput();
    }

    /// <exception cref="CommandFailedException">It is the input, which must not be overwritten.</exception>
    public static Stream OpenOutput(string path, string inputPath)
    {
        if (path == Standard)
        {
            return StandardOutput();
        }

        if (inputPath != Standard && Path.GetFullPath(path) == Path.GetFullPath(inputPath))
        {
            throw new CommandFailedException($"{path}: The output is the input file, and would overwrite it. Name another file.");
        }

        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Writes a whole text in UTF-8, whatever the locale and the platform.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        using Stream output = OpenOutput(path, Standard);
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether nobody reads the output any more.</summary>
    public static bool IsClosedPipe(IOException exception) => !OperatingSystem.IsWindows() && exception.HResult == BrokenPipeOnUnix;

    // The console's stream hides that a pipe was closed, and endless input would be encoded for nobody. A file that several processes
    // append to is the console's business: FileStream writes at positions of its own.
    private static Stream OpenStandardOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(StandardOutputDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
