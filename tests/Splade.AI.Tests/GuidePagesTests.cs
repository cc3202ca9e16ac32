namespace Splade.AI.Tests;

/// <summary>The pages that the README leads to are true: their programs compile and print what they say, their links exist.</summary>
public sealed class GuidePagesTests
{
    private static readonly string[] WithPrograms =
    [
        "hybrid-search", "reranking", "explanations", "tools", "long-texts", "hosting", "bm25", "other-encoders", "vector-formats",
        "from-a-folder-to-a-cluster",
    ];

    private static readonly string[] All = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(f => Path.GetFileName(f))];

    public static TheoryData<string> Pages => [.. All];

    [Fact]
    public async Task Programs_OfThePages_PrintWhatTheySay()
    {
        MarkdownPage[] pages = [.. WithPrograms.Select(name => new MarkdownPage($"docs/{name}.md"))];
        Assert.All(pages, page => Assert.NotEmpty(page.Blocks("csharp")));
        string[] expected = [.. pages.SelectMany(page => page.Blocks("text"))];
        Assert.Equal(expected, await Snippet.RunAsync([.. pages.SelectMany(page => page.Blocks("csharp"))]));
    }

    [Fact]
    public async Task Program_OfTheClusterPage_PrintsTheSameWithAFolder()
    {
        using var folder = new TemporaryFolder();
        string program = ClusterPage.ProgramFor("EmbeddedHybridStore", "Splade.AI.Hybrid", ("\"notes\"", $"@\"{folder.PathOf("notes")}\""));
        Assert.Equal([ClusterPage.Output], await Snippet.RunAsync([program]));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadSomewhere(string page) =>
        Assert.All(new MarkdownPage($"docs/{page}").LinkedPaths, path => Assert.True(Path.Exists(path), path));

    [Fact]
    public void Index_OfThePages_HasAllOfThem()
    {
        var index = new MarkdownPage("docs/README.md");
        IEnumerable<string> linked = index.LinkedPaths.Select(path => Path.GetFileName(path));
        Assert.Equal(All.Except(["README.md"]).Order(StringComparer.Ordinal), linked.Order(StringComparer.Ordinal));
    }
}
