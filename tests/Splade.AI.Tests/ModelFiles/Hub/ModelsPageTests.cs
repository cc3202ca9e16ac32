using System.Globalization;
using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Catalog;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Weights;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>docs/models.md is true: its program downloads a model, here from a hub on this machine, and loads it.</summary>
public sealed class ModelsPageTests
{
    private const string Name = "opensearch-project/opensearch-neural-sparse-encoding-v2-distill";

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

        string printed = await Snippet.RunAloneAsync(OfTheServer(Assert.Single(Page.Blocks("csharp"))), environment);

        Assert.Equal(OfTheServer(Assert.Single(Page.Blocks("text"))), printed);
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public void Model_OfThePage_IsTheFirstThatIsRecommended()
    {
        CatalogModel model = ModelCatalog.Find(Name)!;
        Assert.Equal(ModelCatalog.Recommend()[0], model);
        Assert.Contains($"downloads {Megabytes(model)}", Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_OfThePage_IsTheCatalog()
    {
        IEnumerable<string> rows = ModelCatalog.Models.Select(m =>
            $"| {m.Id} | {Word(m.Kind)} | {m.HasOnnxFile switch { true => "ONNX", false => "weights", null => "nothing" }} | {Megabytes(m)} | "
            + $"{m.License ?? "?"}{(m.CommercialUse == false ? " (non-commercial)" : "")} | {Word(m.Evidence)} |");
        IEnumerable<string> table = Page.Text.Split('\n').Where(line => ModelCatalog.Models.Any(m => line.StartsWith($"| {m.Id} ", StringComparison.Ordinal)));
        Assert.Equal(rows, table);
    }

    [Fact]
    public void Files_OfThePage_AreThoseThatTheLoaderLooksFor() => Assert.All(
        CheckpointForm.All.Index(), form => Assert.Contains($"\n| {form.Index + 2} | `{form.Item.FileName}` |", Page.Text, StringComparison.Ordinal));

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));

    private static string Megabytes(CatalogModel model) =>
        model.DownloadBytes is long bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB") : "?";

    private static string Word(EncoderKind kind) => kind switch
    {
        EncoderKind.Splade => "SPLADE",
        EncoderKind.Bm25 => "BM25",
        EncoderKind.Bm42 => "BM42",
        EncoderKind.MiniCoil => "miniCOIL",
        EncoderKind.BgeM3 => "BGE-M3",
        _ => "reranker",
    };

    private static string Word(ModelEvidence evidence) => evidence switch
    {
        ModelEvidence.Checkpoint => "itself",
        ModelEvidence.Architecture => "its kind",
        ModelEvidence.PlainLoops => "by loops",
        _ => "no",
    };

    private static string OfTheServer(string text) => text.Replace(Name, HubServer.Name, StringComparison.Ordinal);
}
