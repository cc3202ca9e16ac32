using System.Diagnostics;
using System.Text;

namespace Splade.Cli.Tests;

/// <summary>Runs the real program as a child process, its input and output redirected.</summary>
internal static class SpladeProcess
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync("", [], arguments);

    public static Task<(int ExitCode, string Output, string Error)> PipeAsync(string input, params string[] arguments) => RunAsync(input, [], arguments);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string input, Dictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input.
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs the program at a terminal, where nothing but the end of the input is typed; null where no terminal can be made.</summary>
    public static async Task<string?> RunInTerminalAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        const string Maker = "/usr/bin/script";
        if (!OperatingSystem.IsLinux() || !File.Exists(Maker))
        {
            return null;
        }

        IEnumerable<string> words = arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "splade.dll")).Select(a => $"'{a}'");
        var start = new ProcessStartInfo(Maker, ["-qec", $"dotnet {string.Join(' ', words)}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Utf8,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await EndInputAsync(process, output);
        await process.WaitForExitAsync();
        return await output;
    }

    // A terminal forgets what was typed before a program set it up: Ctrl+D is typed until the program has ended.
    private static async Task EndInputAsync(Process process, Task output)
    {
        try
        {
            while (await Task.WhenAny(output, Task.Delay(200)) != output)
            {
                await process.StandardInput.WriteAsync('\u0004');
                await process.StandardInput.FlushAsync();
            }
        }
        catch (IOException)
        {
            // It ended meanwhile.
        }
    }

    public static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "splade.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
