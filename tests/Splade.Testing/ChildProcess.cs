using System.Diagnostics;
using System.Text;

namespace Splade.Testing;

/// <summary>Runs programs to their end, their output collected.</summary>
public static class ChildProcess
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
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, Dictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = Start(program, arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return ReadAsync(Process.Start(start)!);
    }

    /// <param name="program">The program's path, or its name if it is on the PATH.</param>
    /// <param name="input">What it reads from the standard input, which ends there.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <inheritdoc cref="RunAsync(string, IEnumerable{string})"/>
    public static async Task<(int ExitCode, string Output, string Error)> PipeAsync(string program, string input, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = Start(program, arguments);
        start.RedirectStandardInput = true;
        Process process = Process.Start(start)!;
        Task<(int ExitCode, string Output, string Error)> read = ReadAsync(process);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await read;
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        WorkingDirectory = Repository.Root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    private static async Task<(int ExitCode, string Output, string Error)> ReadAsync(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output, await error);
        }
    }
}
