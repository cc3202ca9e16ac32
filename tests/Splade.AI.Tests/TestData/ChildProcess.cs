using System.Diagnostics;
using System.Text;

namespace Splade.AI.Tests.TestData;

/// <summary>Runs programs to their end, their output collected.</summary>
internal static class ChildProcess
{
    /// <param name="program">The program's path, or its name if it is on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and what it wrote to the standard output and to the standard error.</returns>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params IEnumerable<string> arguments) =>
        RunAsync(program, [], arguments);

    /// <param name="program">The program's path, or its name if it is on the PATH.</param>
    /// <param name="environment">Variables that it has besides those of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <inheritdoc cref="RunAsync(string, IEnumerable{string})"/>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, Dictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
