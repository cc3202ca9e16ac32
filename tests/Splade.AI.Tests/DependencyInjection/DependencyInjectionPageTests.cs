using Splade.AI.DependencyInjection;

namespace Splade.AI.Tests.DependencyInjection;

/// <summary>The page on dependency injection is true: its programs print what it says, and its table has every setting.</summary>
public sealed class DependencyInjectionPageTests
{
    private static readonly MarkdownPage Page = new("docs/dependency-injection.md");

    [Fact]
    public async Task Programs_Run_PrintWhatThePageSays() => Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public void Settings_OfThePage_AreThoseOfTheCode()
    {
        IEnumerable<string> settings = ModelKind.Splade.Settings.Keys
            .Select(name => $"`{name}` {(ModelKind.Dense.Settings.ContainsKey(name) ? "both" : "sparse")}");
        Assert.Equal(settings.Order(StringComparer.Ordinal), Page.Rows.Skip(1).Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));
}
