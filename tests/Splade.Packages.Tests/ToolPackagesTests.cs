using Splade.Testing;

namespace Splade.Packages.Tests;

/// <summary>The packages of the command line: one for each platform, and one that chooses among them.</summary>
public sealed class ToolPackagesTests
{
    private const string Id = "Splade.Cli";

    private static readonly string[] Platforms = ["linux-arm64", "linux-x64", "osx-arm64", "win-arm64", "win-x64"];

    [SlowFact]
    public async Task Tool_InstalledFromItsPackages_Encodes()
    {
        using var folder = new PackageFolder();
        await folder.PackAsync(Id, "-c", "Release", "-p:RunAnalyzers=false", "--artifacts-path", folder.SubfolderOf("artifacts"));
        Assert.All(Platforms, platform => AssertSmall(folder.Find($"{Id}.{platform}")));
        Package chooser = folder.Find(Id);
        Assert.All([chooser["readme"]!, chooser["icon"]!], file => Assert.Contains(file, chooser.Files));
        Assert.Equal(Platforms.Length + 1, Directory.GetFiles(folder.Feed).Length);

        string tools = folder.SubfolderOf("tools");
        await folder.DotnetAsync("tool", "install", Id, "--version", chooser.Version, "--source", folder.Feed, "--tool-path", tools);
        string splade = Path.Combine(tools, OperatingSystem.IsWindows() ? "splade.exe" : "splade");
        Assert.StartsWith(chooser.Version, await folder.RunAsync(splade, ["--version"]), StringComparison.Ordinal);
        Assert.Contains("planet", await folder.RunAsync(splade, ["explain", Path.Combine(Repository.Models, "splade-tiny"), "the red planet"]), StringComparison.Ordinal);
    }

    // One native library, and none of another platform.
    private static void AssertSmall(Package package)
    {
        Assert.Single(package.Files, f => Path.GetFileName(f) is "libonnxruntime.so" or "libonnxruntime.dylib" or "onnxruntime.dll");
        Assert.InRange(package.Size, 1, 20_000_000);
    }
}
