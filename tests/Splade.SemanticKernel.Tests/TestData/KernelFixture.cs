using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tools;

namespace Splade.SemanticKernel.Tests.TestData;

/// <summary>A kernel with the plugin over the embedded models and a few passages, made once for the tests of a class.</summary>
public sealed class KernelFixture : IAsyncLifetime
{
    public static string SparseFolder { get; } = Path.Combine(Repository.Models, "splade-tiny");

    public static string DenseFolder { get; } = Path.Combine(Repository.Models, "all-minilm-l6-v2-int8");

    public static IReadOnlyList<HybridText> Passages { get; } =
    [
        Passage("faq/refunds", "Refunds take five working days. They go to the card that paid.", "Refunds and returns", "refunds.md", "faq"),
        Passage("faq/gifts", "Gift cards cannot be refunded, but they never expire.", "Gift cards", "gifts.md", "faq"),
        Passage("manual/grinder", "Clean the grinder once a week: empty the hopper, then brush the burrs.", "Daily cleaning", "cleaning.md", "manual"),
        Passage("manual/boiler", "Descale the boiler with citric acid every month.", "Descaling", "descaling.md", "manual"),
        new("space/mars", "Mars is called the Red Planet."),
    ];

    public Kernel Kernel { get; private set; } = null!;

    public SpladeEngine Engine => Kernel.GetRequiredService<SpladeEngine>();

    public HybridRetriever Retriever => Kernel.GetRequiredService<HybridRetriever>();

    public SpladeAITools Tools => Kernel.GetRequiredService<SpladeAITools>();

    public async Task InitializeAsync()
    {
        IKernelBuilder builder = Kernel.CreateBuilder()
            .AddSpladeEmbeddingGenerator(SparseFolder)
            .AddSpladeDenseEmbeddingGenerator(DenseFolder)
            .AddSpladeHybridRetriever(EmbeddedHybridStore.CreateInMemory())
            .AddSpladePlugin(new SpladeAIToolsOptions { CorpusDescription = "the handbook of a coffee machine maker", MaxTop = 30 })
            .AddSpladeTextSearch();
        Kernel = builder.Build();
        await Retriever.AddAsync(Passages);
    }

    public async Task DisposeAsync() => await ((IAsyncDisposable)Kernel.Services).DisposeAsync();

    private static HybridText Passage(string id, string text, string title, string source, string kind) =>
        new(id, text, new Dictionary<string, MetadataValue> { ["title"] = title, ["source"] = source, ["kind"] = kind });
}
