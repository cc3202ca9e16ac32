using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Splade.Benchmarks.Memory;

/// <summary>Runs this program again with a command that the help does not show, because something needs a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>The result that the child wrote with <see cref="Reply"/>.</summary>
    /// <exception cref="InvalidOperationException">The child failed; its errors have gone to standard error.</exception>
    public static T Run<T>(string command, params IEnumerable<string> arguments) => Run<T>(group: null, command, [.. arguments]);

    /// <summary>The same in a control group of Linux, from the child's first moment, so that .NET knows the limits.</summary>
    /// <param name="group">The file that takes processes in; null for none.</param>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    public static T Run<T>(string? group, string command, string[] arguments)
    {
        string host = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(host) == "dotnet";
        string[] line = [host, .. isHost ? [Assembly.GetEntryAssembly()!.Location] : Array.Empty<string>(), command, .. arguments];
        if (group is not null)
        {
            line = ["sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", group, .. line];
        }

        using Process process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && output.Length > 0
            ? JsonSerializer.Deserialize<T>(output)!
            : throw new InvalidOperationException($"'{command} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    }

    public static void Reply<T>(T result) => Console.Out.Write(JsonSerializer.Serialize(result));
}
