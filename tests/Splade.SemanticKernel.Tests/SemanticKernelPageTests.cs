using Splade.SemanticKernel.Tests.TestData;

namespace Splade.SemanticKernel.Tests;

/// <summary>docs/semantic-kernel.md, and what the README says of Semantic Kernel, are true.</summary>
public sealed class SemanticKernelPageTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private static readonly MarkdownPage Page = new("docs/semantic-kernel.md");

    [Fact]
    public async Task Programs_OfThePage_PrintWhatItSays() =>
        Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public async Task Program_OfTheReadme_PrintsWhatItSays()
    {
        // The tests of the library cannot run it: they do without Semantic Kernel.
        var readme = new MarkdownPage("README.md");
        Assert.Equal(readme.Blocks("output"), await Snippet.RunAsync(readme.Blocks("cs")));
    }

    [Fact]
    public void Functions_OfThePage_AreThoseOfThePlugin()
    {
        IEnumerable<string> expected = fixture.Kernel.Plugins["splade"].Select(f =>
            $"`{f.Name}`|{string.Join(", ", f.Metadata.Parameters.Select(p => $"`{p.Name}`"))}");
        Assert.Equal(expected, Page.Rows.Where(r => r[0].StartsWith('`')).Select(r => $"{r[0]}|{r[1]}"));
    }

    [Fact]
    public void Paths_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
}
