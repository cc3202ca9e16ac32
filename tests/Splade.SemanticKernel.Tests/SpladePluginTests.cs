using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using Splade.AI.Tools;
using Splade.SemanticKernel.Tests.TestData;

namespace Splade.SemanticKernel.Tests;

public sealed class SpladePluginTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private static readonly string[] Functions =
        ["splade_encode", "splade_explain", "splade_compare", "splade_expand", "hybrid_search", "read_passage"];

    private KernelPlugin Plugin => fixture.Kernel.Plugins[SpladePlugin.DefaultName];

    [Fact]
    public void Plugin_OfAKernel_DescribesItselfItsFunctionsTheirParametersAndResults()
    {
        Assert.Equal(Functions, Plugin.Select(f => f.Name));
        Assert.StartsWith("Search by learned sparse vectors", Plugin.Description, StringComparison.Ordinal);
        Assert.All(Plugin.GetFunctionsMetadata(), f =>
        {
            Assert.False(string.IsNullOrEmpty(f.Description));
            Assert.False(string.IsNullOrEmpty(f.ReturnParameter.Description));
            Assert.NotNull(f.ReturnParameter.Schema);
            Assert.All(f.Parameters, p => Assert.False(string.IsNullOrEmpty(p.Description)));
        });
        Assert.Contains("the handbook of a coffee machine maker", Plugin["hybrid_search"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Plugin_NamesAndSchemas_AreThoseOfTheFunctionsForAgents()
    {
        Assert.Equal(fixture.Tools.Functions.Select(f => f.Name), Plugin.Select(f => f.Name));
        foreach ((KernelFunction function, AIFunction expected) in Plugin.Zip(fixture.Tools.Functions))
        {
            JsonElement schema = function.JsonSchema;
            Assert.Equal(expected.Description, function.Description);
            Assert.True(
                JsonElement.DeepEquals(expected.JsonSchema.GetProperty("properties"), schema.GetProperty("properties")),
                $"{function.Name}\n{expected.JsonSchema}\n{schema}");
            Assert.True(JsonElement.DeepEquals(expected.JsonSchema.GetProperty("required"), schema.GetProperty("required")), function.Name);
        }
    }

    [Fact]
    public void Create_ToolsWithoutARetriever_HaveNothingToSearch()
    {
        KernelPlugin plugin = SpladePlugin.Create(new SpladeAITools(fixture.Engine), "sparse");
        Assert.Equal("sparse", plugin.Name);
        Assert.Equal(Functions[..4], plugin.Select(f => f.Name));
    }

    [Fact]
    public void Create_ImpossibleArguments_Throws()
    {
        Assert.ThrowsAny<ArgumentException>(() => SpladePlugin.Create(fixture.Tools, "splade search"));
        Assert.Throws<ArgumentException>("pluginName", () => SpladePlugin.Create(fixture.Tools, " "));
        Assert.Throws<ArgumentNullException>("tools", () => SpladePlugin.Create(null!));
    }

    [Fact]
    public async Task InvokeAsync_EachFunction_GivesTheResultAsJson()
    {
        JsonElement encoded = await InvokeAsync("splade_encode", new() { ["text"] = "lunar mission", ["top"] = 3 });
        JsonElement explained = await InvokeAsync("splade_explain", new() { ["query"] = "red world", ["document"] = "Mars is called the Red Planet." });
        JsonElement compared = await InvokeAsync("splade_compare", new() { ["query"] = "refund", ["documents"] = new[] { "tea", "money is refunded" } });
        JsonElement expanded = await InvokeAsync("splade_expand", new() { ["query"] = "refund" });
        JsonElement found = await InvokeAsync("hybrid_search", new() { ["query"] = "When do I get my money back?", ["top"] = "2" });
        JsonElement read = await InvokeAsync("read_passage", new() { ["id"] = found.GetProperty("hits")[0].GetProperty("id").GetString() });

        Assert.Equal(3, encoded.GetProperty("terms").GetArrayLength());
        Assert.Equal("red", explained.GetProperty("matches")[0].GetProperty("term").GetString());
        Assert.Equal(1, compared.GetProperty("ranking")[0].GetProperty("index").GetInt32());
        Assert.Contains(expanded.GetProperty("keywords").EnumerateArray(), k => k.GetProperty("term").GetString() == "refund");
        Assert.Equal(2, found.GetProperty("hits").GetArrayLength());
        Assert.NotEqual(0, found.GetProperty("hits")[0].GetProperty("reasons").GetArrayLength());
        Assert.Equal("faq/refunds", read.GetProperty("id").GetString());
    }

    [Fact]
    public async Task InvokeAsync_OfTheFunctionForAgents_GivesTheSame()
    {
        var arguments = new KernelArguments { ["query"] = "refund", ["document"] = "Refunds take five working days.", ["top"] = 3 };

        JsonElement result = await InvokeAsync("splade_explain", arguments);

        Assert.Equal(await fixture.Tools.Functions[1].InvokeAsync(arguments), result.GetRawText());
    }

    [Fact]
    public async Task PromptTemplate_ThatCallsAFunction_HasItsResultAsJson()
    {
        var template = new KernelPromptTemplateFactory().Create(new PromptTemplateConfig("Words: {{splade.splade_expand query=$question top='2'}}"));

        string prompt = await template.RenderAsync(fixture.Kernel, new KernelArguments { ["question"] = "refund" });

        JsonElement result = JsonElement.Parse(System.Net.WebUtility.HtmlDecode(prompt["Words: ".Length..]));
        Assert.Equal(2, result.GetProperty("added").GetInt32());
        Assert.Equal("refund", result.GetProperty("keywords")[0].GetProperty("term").GetString());
    }

    [Fact]
    public async Task AsAIFunctions_OfThePlugin_GiveCompactJsonToChatClients()
    {
        AIFunction function = Plugin.AsAIFunctions(fixture.Kernel).Single(f => f.Name == "splade_splade_encode");

        object? result = await function.InvokeAsync(new AIFunctionArguments { ["text"] = "lunar mission", ["top"] = 1 });

        JsonElement json = Assert.IsType<JsonElement>(result);
        Assert.Equal(["terms", "total_terms", "token_count", "truncated"], json.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task InvokeAsync_ManyCallersAtOnce_EachGetsItsOwnResult()
    {
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => $"moon {i} of planet {i % 7}")];
        var alone = new List<string>();
        foreach (string text in texts)
        {
            alone.Add((await InvokeAsync("splade_encode", new() { ["text"] = text })).GetRawText());
        }

        JsonElement[] together = await Task.WhenAll(texts.Select(t => InvokeAsync("splade_encode", new() { ["text"] = t })));

        Assert.Equal(alone.Select(Terms), together.Select(r => Terms(r.GetRawText())));

        static string[] Terms(string result) =>
            [.. JsonElement.Parse(result).GetProperty("terms").EnumerateArray().Select(t => t.GetProperty("term").GetString()!)];
    }

    [Fact]
    public async Task InvokeAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Kernel.InvokeAsync(Plugin["splade_encode"], new KernelArguments { ["text"] = "refund" }, source.Token));
    }

    [Fact]
    public async Task InvokeAsync_ModelFolderThatIsNotThere_ThrowsToTheDeveloper()
    {
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator("/nowhere/at-all").AddSpladePlugin().Build();
        var arguments = new KernelArguments { ["text"] = "refund" };

        var error = await Assert.ThrowsAsync<KernelException>(() => kernel.InvokeAsync(kernel.Plugins["splade"]["splade_encode"], arguments));

        Assert.DoesNotContain("nowhere", error.Message, StringComparison.Ordinal);
        Assert.IsType<OptionsValidationException>(error.InnerException);
        Assert.Contains("/nowhere/at-all: There is no such folder", error.InnerException.Message, StringComparison.Ordinal);
    }

    private Task<JsonElement> InvokeAsync(string function, KernelArguments arguments) => fixture.Kernel.InvokeAsync<JsonElement>(Plugin[function], arguments);
}
