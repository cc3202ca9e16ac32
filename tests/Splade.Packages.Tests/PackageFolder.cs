using Splade.Testing;

namespace Splade.Packages.Tests;

/// <summary>A folder outside of the repository, with a feed of packages and a package cache of its own. It is deleted in the end.</summary>
public sealed class PackageFolder : IDisposable
{
    private static readonly string[] Quiet = ["--nologo", "--disable-build-servers", "-v", "quiet"];

    // What the repository was built with is not fetched again, and no feed is asked for packages that none has.
    private static readonly string RepositoryCache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    // As docs/gpu.md tells users to write it.
    private static readonly string OnnxRuntime = string.Concat(new MarkdownPage("docs/gpu.md").Blocks("xml").First());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-packages-");

    /// <summary>What packages are packed into and installed from.</summary>
    public string Feed => _folder.CreateSubdirectory("feed").FullName;

    private string Cache => _folder.CreateSubdirectory("cache").FullName;

    /// <summary>A folder in it, which is made if it is not there.</summary>
    public string SubfolderOf(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>Packs a project of the repository into the feed.</summary>
    public Task PackAsync(string project, params IEnumerable<string> arguments) =>
        DotnetAsync(["pack", Path.Combine(Repository.Root, "src", project), "-o", Feed, .. Quiet, .. arguments]);

    /// <summary>The package of an id.</summary>
    public Package Find(string id) => new(Directory.GetFiles(Feed, id + ".*.nupkg").Single(f => char.IsDigit(Path.GetFileName(f)[id.Length + 1])));

    /// <summary>Makes a program that references packages, builds it and runs it in the repository's folder.</summary>
    /// <returns>What it has printed, without white space around it.</returns>
    public Task<string> RunAsync(string code, params Package[] packages) => RunAsync(code, [], packages);

    /// <param name="code">The program.</param>
    /// <param name="properties">Properties that it is built with, as on the command line.</param>
    /// <param name="packages">What it references, beside ONNX Runtime.</param>
    /// <inheritdoc cref="RunAsync(string, Package[])"/>
    public async Task<string> RunAsync(string code, string[] properties, params Package[] packages)
    {
        string program = SubfolderOf("program");
        await File.WriteAllTextAsync(Path.Combine(program, "Program.cs"), code);
        string references = string.Concat(packages.Select(p => $"""<PackageReference Include="{p.Id}" Version="{p.Version}" />"""));
        await File.WriteAllTextAsync(Path.Combine(program, "Program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreSources>{Feed}</RestoreSources>
                <RestoreFallbackFolders>{RepositoryCache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
              {OnnxRuntime}
            </Project>
            """);
        await DotnetAsync(["build", program, "-o", SubfolderOf("built"), .. properties, .. Quiet]);
        return await DotnetAsync([Path.Combine(SubfolderOf("built"), "Program.dll")]);
    }

    /// <summary>Runs a command of the SDK, which must succeed, with the package cache of this folder.</summary>
    /// <returns>What it has printed, without white space around it.</returns>
    public Task<string> DotnetAsync(params IEnumerable<string> arguments) => RunAsync("dotnet", arguments);

    /// <inheritdoc cref="DotnetAsync"/>
    public async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Cache, ["DOTNET_CLI_UI_LANGUAGE"] = "en" };
        (int exitCode, string output, string error) = await ChildProcess.RunAsync(program, environment, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{error}");
        return output.ReplaceLineEndings("\n").Trim();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
