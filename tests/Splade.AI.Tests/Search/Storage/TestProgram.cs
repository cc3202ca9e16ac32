using System.Diagnostics;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>This assembly as a process of its own.</summary>
internal static class TestProgram
{
    public static string Path { get; } = typeof(TestProgram).Assembly.Location;

    public static Process Start(params IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
