namespace Splade.AI.Tests;

/// <summary>The commands that build without analysers take nothing away from those that build with them.</summary>
public sealed class AnalysisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnalysisTests()
    {
        foreach (string file in new[] { ".editorconfig", "Directory.Build.props", "Directory.Packages.props", "global.json" })
        {
            File.Copy(Path.Combine(Repository.Root, file), _folder.PathOf(file));
        }

        _folder.Write("Sloppy.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        _folder.Write("Sloppy.cs", "using System.Text;\n\nnamespace Sloppy;\n\ninternal static class Nothing;\n");
    }

    public void Dispose() => _folder.Dispose();

    [SlowFact]
    public async Task Build_WithAnalysersAfterOneWithout_FindsWhatTheyFind()
    {
        (int quickly, string output) = await BuildAsync("-p:RunAnalyzers=false");
        Assert.True(quickly == 0, output);

        (int thoroughly, output) = await BuildAsync("-p:RunAnalyzers=true");
        Assert.NotEqual(0, thoroughly);
        Assert.Contains("IDE0005", output, StringComparison.Ordinal);

        _folder.Write("Sloppy.cs", "namespace Sloppy;\n\ninternal static class Nothing;\n");
        (int mended, output) = await BuildAsync("-p:RunAnalyzers=true");
        Assert.True(mended == 0, output);
    }

    private async Task<(int ExitCode, string Output)> BuildAsync(string option)
    {
        (int exitCode, string output, string error) = await ChildProcess.RunAsync("dotnet", "build", _folder.PathOf("Sloppy.csproj"), "--nologo", option);
        return (exitCode, output + error);
    }
}
