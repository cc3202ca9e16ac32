namespace Splade.Agents.Tests;

/// <summary>docs/agent-framework.md is true.</summary>
public sealed class AgentFrameworkPageTests
{
    private static readonly MarkdownPage Page = new("docs/agent-framework.md");

    [Fact]
    public async Task Program_OfThePage_PrintsWhatItSays() => Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public void Paths_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
}
