namespace Splade.AI.Tests.Evaluation;

/// <summary>The page on evaluation is true: its programs print what it says. The tests of the command run its commands.</summary>
public sealed class EvaluationPageTests
{
    private static readonly MarkdownPage Page = new("docs/evaluation.md");

    [Fact]
    public async Task Programs_Run_PrintWhatThePageSays() => Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
}
