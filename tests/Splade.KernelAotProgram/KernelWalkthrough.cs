using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Splade.AI.Hybrid;
using Splade.AI.Tokenization;
using Splade.SemanticKernel;
using Splade.SemanticKernel.TextSearch;
using Splade.SemanticKernel.VectorData;

namespace Splade.KernelAotProgram;

/// <summary>The kernel package as a program uses it that is compiled ahead of time: all of it, but for collections of classes, which need reflection.</summary>
internal static class KernelWalkthrough
{
    private const string Query = "Which world looks red?";

    private const string Mars = "Mars is called the Red Planet.";

    private const string Venus = "Venus is the hottest planet.";

    /// <summary>Writes what each step gives: the same at every run with the same models.</summary>
    public static async Task RunAsync(string sparseFolder, string denseFolder, TextWriter output)
    {
        Kernel kernel = Kernel.CreateBuilder()
            .AddSpladeEmbeddingGenerator(sparseFolder)
            .AddSpladeDenseEmbeddingGenerator(denseFolder)
            .AddSpladeHybridRetriever(EmbeddedHybridStore.CreateInMemory())
            .AddSpladePlugin()
            .AddSpladeTextSearch()
            .AddSpladeVectorStore()
            .Build();
        await using var services = (ServiceProvider)kernel.Services;
        await kernel.GetRequiredService<HybridRetriever>().AddAsync([new("mars", Mars), new("venus", Venus)]);
        await InvokeAsync(kernel, output);
        await SearchTextsAsync(kernel, output);
        await SearchCollectionAsync(kernel, output);

        var tokenizer = new SpladeTokenizer(Tokenizer.Load(Path.Combine(sparseFolder, "tokenizer.json")));
        await output.WriteLineAsync($"{tokenizer.CountTokens(Mars)} tokens");
    }

    // 1. Functions of the plugin: their schemas, and their results as JSON.
    private static async Task InvokeAsync(Kernel kernel, TextWriter output)
    {
        foreach (KernelFunction function in kernel.Plugins[SpladePlugin.DefaultName])
        {
            await output.WriteLineAsync($"{function.Name}: {function.JsonSchema}");
        }

        KernelArguments texts = new() { ["query"] = Query, ["documents"] = new[] { Venus, Mars }, ["top"] = "1" };
        await output.WriteLineAsync((await kernel.InvokeAsync(SpladePlugin.DefaultName, "splade_compare", texts)).ToString());
        var found = await kernel.InvokeAsync<JsonElement>(SpladePlugin.DefaultName, "hybrid_search", new() { ["query"] = Query, ["top"] = 1 });
        await output.WriteLineAsync($"search: {found.GetProperty("hits")[0].GetProperty("id")}");
    }

    // 2. A text search.
    private static async Task SearchTextsAsync(Kernel kernel, TextWriter output)
    {
        var search = kernel.GetRequiredService<SpladeTextSearch<SpladeTextRecord>>();
        KernelSearchResults<TextSearchResult> results = await search.GetTextSearchResultsAsync(Query, new TextSearchOptions<SpladeTextRecord> { Top = 1 });
        await foreach (TextSearchResult result in results.Results)
        {
            await output.WriteLineAsync($"text search: {result.Name}: {result.Value}");
        }
    }

    // 3. A collection of dictionaries, with a filter.
    private static async Task SearchCollectionAsync(Kernel kernel, TextWriter output)
    {
        var definition = new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Text", typeof(string)) { IsFullTextIndexed = true },
                new VectorStoreDataProperty("Moons", typeof(int)) { IsIndexed = true },
                new VectorStoreVectorProperty("Meaning", typeof(string), 384),
            ],
        };
        var planets = (SpladeDynamicCollection)kernel.GetRequiredService<SpladeVectorStore>().GetDynamicCollection("planets", definition);
        await planets.EnsureCollectionExistsAsync();
        await planets.UpsertAsync(
        [
            new() { ["Id"] = "mars", ["Text"] = Mars, ["Moons"] = 2, ["Meaning"] = Mars },
            new() { ["Id"] = "venus", ["Text"] = Venus, ["Moons"] = 0, ["Meaning"] = Venus },
        ]);
        await foreach (VectorSearchResult<Dictionary<string, object?>> result in planets.HybridSearchAsync(Query, ["red"], 2, new() { Filter = p => (int)p["Moons"]! > 0 }))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"collection: {result.Record["Id"]} {result.Score:F4}"));
        }
    }
}
