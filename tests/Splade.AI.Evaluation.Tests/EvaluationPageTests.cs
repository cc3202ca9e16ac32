
namespace Splade.AI.Evaluation.Tests;

/// <summary>The page on evaluation and that of the package are true: their programs print what they say. The tests of the command run its commands.</summary>
public sealed class EvaluationPageTests
{
    private static readonly MarkdownPage Page = new("docs/evaluation.md");

    private static readonly MarkdownPage Package = new("src/Splade.AI.Evaluation/README.md");

    [Fact]
    public async Task Programs_Run_PrintWhatThePagesSay()
    {
        string[] expected = [.. Page.Blocks("text"), .. Package.Blocks("text")];
        Assert.Equal(expected, await Snippet.RunAsync([.. Page.Blocks("csharp"), .. Package.Blocks("csharp")]));
    }

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
}
