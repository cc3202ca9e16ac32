using System.Globalization;
using System.Text.RegularExpressions;
using Splade.AI.ModelFiles.Catalog;

namespace Splade.AI.Tests;

/// <summary>The README is true: its program compiles and prints what it says, its commands and links exist.</summary>
public sealed partial class ReadmeTests
{
    private static readonly MarkdownPage Page = new("README.md");

    [Fact]
    public async Task Quickstart_Run_PrintsWhatTheReadmeSays()
    {
        string[] programs = Page.Blocks("csharp");
        Assert.All(programs, program => Assert.InRange(program.Split('\n').Length, 1, 25));
        Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(programs));
    }

    [Fact]
    public void Commands_OfTheReadme_AreKnownToTheBuildProgram()
    {
        string build = File.ReadAllText(Path.Combine(Repository.Root, "build.cs"));
        string[] commands = [.. BuildCommand().Matches(Page.Text).Select(m => m.Groups["command"].Value).Distinct()];
        Assert.Contains("chat", commands);
        Assert.Contains("test", commands);
        Assert.All(commands, command => Assert.Contains($"\"{command}\"", build, StringComparison.Ordinal));
    }

    [Fact]
    public void Models_OfTheReadme_AreTheCatalogsRecommendations()
    {
        CatalogModel[] firsts =
            [ModelCatalog.Recommend()[0], ModelCatalog.Recommend(inferenceFreeQueries: true)[0], ModelCatalog.Recommend(ModelGoal.Speed)[0]];
        string[] expected = [.. firsts.Select(m =>
            string.Create(CultureInfo.InvariantCulture, $"| `{m.Id}` | {m.BeirNdcg10:F1} | {m.Parameters / 1_000_000}M |"))];
        Assert.All(expected, row => Assert.Contains(row, Page.Text, StringComparison.Ordinal));
        Assert.Contains($"({ModelCatalog.Bm25BeirNdcg10.ToString(CultureInfo.InvariantCulture)})", Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_OfTheReadme_Exist()
    {
        Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
        Assert.InRange(Page.Text.Split('\n').Length, 100, 160);
    }

    [Fact]
    public void Folders_OfTheDesignPage_AreThoseThatExist()
    {
        string[] folders = [.. FolderRow().Matches(new MarkdownPage("docs/design.md").Text).Select(m => m.Groups["path"].Value)];
        Assert.All(folders, folder => Assert.True(Path.Exists(Path.Combine(Repository.Root, folder)), folder));
        IEnumerable<string> rooms = Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Splade.AI")).Select(f => Path.GetFileName(f));
        Assert.Equal(
            rooms.Except(["bin", "obj"]).Order(StringComparer.Ordinal),
            folders.Where(f => f.StartsWith("src/Splade.AI/", StringComparison.Ordinal)).Select(f => f["src/Splade.AI/".Length..]).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"dotnet run build\.cs -- (?<command>\w+)")]
    private static partial Regex BuildCommand();

    [GeneratedRegex(@"^\| `(?<path>[\w./-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();
}
