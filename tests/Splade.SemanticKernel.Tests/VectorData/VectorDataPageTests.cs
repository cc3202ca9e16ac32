namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>docs/vector-data.md is true.</summary>
public sealed class VectorDataPageTests
{
    private static readonly MarkdownPage Page = new("docs/vector-data.md");

    [Fact]
    public async Task Programs_OfThePage_PrintWhatItSays() =>
        Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));
}
