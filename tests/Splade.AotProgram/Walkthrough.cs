using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Splade.AI;
using Splade.AI.Explanation;
using Splade.AI.Tools;

namespace Splade.AotProgram;

/// <summary>The library as a program uses it that is compiled ahead of time: as any other does, but for JSON.</summary>
internal static class Walkthrough
{
    private const string Query = "Which world looks red?";

    private const string Document = "Mars is called the Red Planet.";

    /// <summary>Writes what each step gives: the same at every run with the same model.</summary>
    /// <param name="modelFolder">The folder of a SPLADE model.</param>
    /// <param name="output">Where it is written.</param>
    public static async Task RunAsync(string modelFolder, TextWriter output)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(modelFolder);
        await EncodeAsync(engine, output);
        await ExplainAsync(engine, output);
        await WriteJsonAsync(engine, output);
        await CallToolAsync(engine, output);
        await AskHostAsync(modelFolder, output);
    }

    // 1. A text becomes weights over the model's vocabulary.
    private static async Task EncodeAsync(SpladeEngine engine, TextWriter output)
    {
        SpladeEncoding encoding = (await engine.EncodeAsync([Document]))[0];
        IEnumerable<string> terms = engine.Decode(encoding.Vector)
            .Select(term => string.Create(CultureInfo.InvariantCulture, $"{term.Token} {term.Weight}"));
        await output.WriteLineAsync($"{encoding.TokenCount} tokens: {string.Join(", ", terms)}");
    }

    // 2. Why the text has these weights, and why it matches a query: for people, and for programs.
    private static async Task ExplainAsync(SpladeEngine engine, TextWriter output)
    {
        TextExplanation text = await engine.ExplainAsync(Document);
        await output.WriteLineAsync(text.ToText());
        await output.WriteLineAsync(text.ToJson());

        MatchExplanation match = await engine.ExplainMatchAsync(Query, Document);
        await output.WriteLineAsync(match.ToText());
        await output.WriteLineAsync(match.ToJson());
    }

    // 3. A vector as JSON, and back. Without reflection the serializer is told how a type is written: the options of the library know.
    private static async Task WriteJsonAsync(SpladeEngine engine, TextWriter output)
    {
        var embeddingJson = (JsonTypeInfo<Embedding>)SpladeJsonUtilities.CompactOptions.GetTypeInfo(typeof(Embedding));
        SparseEmbedding embedding = await new SpladeEmbeddingGenerator(engine).GenerateAsync(Document);
        string json = JsonSerializer.Serialize<Embedding>(embedding, embeddingJson);
        Embedding? read = JsonSerializer.Deserialize(json, embeddingJson);
        bool same = embedding.Vector.Equals((read as SparseEmbedding)?.Vector);
        await output.WriteLineAsync($"JSON {json[..json.IndexOf(',')]}, ...}} is the same vector: {same}");
    }

    // 4. A function, as an agent's language model calls it.
    private static async Task CallToolAsync(SpladeEngine engine, TextWriter output)
    {
        AIFunction compare = SpladeAITools.Create(engine).Single(tool => tool.Name == "splade_compare");
        var call = new AIFunctionArguments { ["query"] = Query, ["documents"] = new[] { "Venus is the hottest planet.", Document } };
        await output.WriteLineAsync(compare.JsonSchema.ToString());
        await output.WriteLineAsync((await compare.InvokeAsync(call))?.ToString());
    }

    // 5. The services of a host: the model is named by the configuration, checked and loaded at the start.
    private static async Task AskHostAsync(string modelFolder, TextWriter output)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["Splade:ModelFolder"] = Path.GetFullPath(modelFolder);
        builder.Configuration["Splade:MaxActiveDimensions"] = "8";
        builder.Services.AddSpladeEngine(builder.Configuration.GetSection("Splade"));
        builder.Services.AddSpladeEmbeddingGenerator();
        builder.Services.AddSpladeWarmUp();
        builder.Services.AddHealthChecks().Add(SpladeHealthChecks.ForEngine());
        using IHost host = builder.Build();
        await host.StartAsync();

        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        SparseEmbedding embedding = await generator.GenerateAsync(Document);
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await output.WriteLineAsync($"{embedding.Vector.Count} of {embedding.Dimensions} dimensions, {health.Status}");
        await host.StopAsync();
    }
}
