using Splade.AI.ModelFiles.Catalog;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>docs/models.md is true: its program downloads a model, here from a hub on this machine, and loads it.</summary>
public sealed class ModelsPageTests
{
    private const string Name = "prithivida/Splade_PP_en_v2";

    private static readonly MarkdownPage Page = new("docs/models.md");

    [Fact]
    public async Task Program_OfThePage_DownloadsAndLoadsTheModel()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(EngineFixture.ModelFolder);
        var environment = new Dictionary<string, string>
        {
            ["HF_ENDPOINT"] = server.Endpoint,
            ["HF_HOME"] = cache.Folder,
            ["HF_HUB_CACHE"] = "",
            ["HF_HUB_OFFLINE"] = "",
        };

        string[] printed = await Snippet.RunAsync([.. Page.Blocks("csharp").Select(OfTheServer)], environment);

        Assert.Equal(Page.Blocks("text").Select(OfTheServer), printed);
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public void Model_OfThePage_IsOneWithAnOnnxFile() => Assert.True(ModelCatalog.Find(Name)!.LoadsFrom == ModelFormat.Onnx);

    private static string OfTheServer(string text) => text.Replace(Name, HubServer.Name, StringComparison.Ordinal);
}
