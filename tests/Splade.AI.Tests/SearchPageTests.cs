namespace Splade.AI.Tests;

/// <summary>The page on search is true: its programs print what it says, and its links exist.</summary>
public sealed class SearchPageTests
{
    private static readonly MarkdownPage Page = new("docs/search.md");

    [Fact]
    public async Task Programs_Run_PrintWhatThePageSays() => Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
}
