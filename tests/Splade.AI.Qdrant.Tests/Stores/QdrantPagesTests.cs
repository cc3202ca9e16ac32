using Splade.AI.Qdrant.Tests.TestDoubles;

namespace Splade.AI.Qdrant.Tests.Stores;

/// <summary>docs/qdrant.md and the package's page are true: their programs compile, and print what they say where there is a server.</summary>
[Collection(QdrantTests.Name)]
public sealed class QdrantPagesTests
{
    private static readonly MarkdownPage[] Pages = [new("docs/qdrant.md"), new("src/Splade.AI.Qdrant/README.md")];

    [Fact]
    public void Programs_OfThePages_Compile()
    {
        string[] programs = [.. Pages.SelectMany(page => page.Blocks("csharp"))];
        Assert.Equal(3, programs.Length);
        Assert.All(programs, program => Assert.DoesNotContain(Snippet.FindErrors(program), error => !error.Contains("CS8805", StringComparison.Ordinal)));
    }

    [QdrantFact]
    public async Task Programs_OfThePages_PrintWhatTheySay()
    {
        QdrantHybridStoreOptions options = await QdrantServer.OptionsAsync();
        string[] programs =
        [
            .. Pages.SelectMany(page => page.Blocks("csharp")).Select(code => code
                .Replace("http://localhost:6334", options.Endpoint.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
                .Replace("\"planets\"", $"\"{options.CollectionName}p\"", StringComparison.Ordinal)
                .Replace("\"notes\"", $"\"{options.CollectionName}n\"", StringComparison.Ordinal)
                .Replace("\"own\"", $"\"{options.CollectionName}o\"", StringComparison.Ordinal)),
            ClusterPage.ProgramFor(
                "QdrantHybridStore",
                "Splade.AI.Qdrant",
                ("http://localhost:6334", options.Endpoint.GetLeftPart(UriPartial.Authority)),
                ("\"notes\"", $"\"{options.CollectionName}c\"")),
        ];
        Assert.Equal(Pages.SelectMany(page => page.Blocks("text")).Append(ClusterPage.Output), await Snippet.RunAsync(programs));
    }
}
