using System.Diagnostics;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>This assembly as a process of its own.</summary>
internal static class TestProgram
{
    public static string Path { get; } = typeof(TestProgram).Assembly.Location;

    public static Process Start(params IEnumerable<string> arguments) => Start([], arguments);

    /// <param name="environment">Variables that it has besides those of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(Dictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
