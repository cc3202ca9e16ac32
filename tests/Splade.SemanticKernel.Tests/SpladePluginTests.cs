using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using Splade.AI.Tools;
using Splade.SemanticKernel.Tests.TestData;

namespace Splade.SemanticKernel.Tests;

public sealed class SpladePluginTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private static readonly string[] Functions = ["encode", "explain", "compare", "expand_query", "search", "read_passage"];

    private KernelPlugin Plugin => fixture.Kernel.Plugins[SpladePlugin.DefaultName];

    [Fact]
    public void Plugin_OfAKernel_DescribesItselfItsFunctionsTheirParametersAndResults()
    {
        Assert.Equal(Functions, Plugin.Select(f => f.Name));
        Assert.Equal(SpladeToolDescriptions.All, Plugin.Description);
        Assert.All(Plugin.GetFunctionsMetadata(), f =>
        {
            Assert.False(string.IsNullOrEmpty(f.Description));
            Assert.False(string.IsNullOrEmpty(f.ReturnParameter.Description));
            Assert.NotNull(f.ReturnParameter.Schema);
            Assert.All(f.Parameters, p => Assert.False(string.IsNullOrEmpty(p.Description)));
        });
        Assert.Contains("the handbook of a coffee machine maker", Plugin["search"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Plugin_Schemas_AreThoseOfTheFunctionsForAgents()
    {
        SpladeTool[] tools = Enum.GetValues<SpladeTool>();
        foreach ((KernelFunction function, SpladeTool tool) in Plugin.Zip(tools))
        {
            AIFunction expected = fixture.Service.AsAIFunction(tool);
            JsonElement schema = function.JsonSchema;
            Assert.Equal(expected.Description, function.Description);
            Assert.True(
                JsonElement.DeepEquals(expected.JsonSchema.GetProperty("properties"), schema.GetProperty("properties")),
                $"{function.Name}\n{expected.JsonSchema}\n{schema}");
            Assert.True(JsonElement.DeepEquals(expected.JsonSchema.GetProperty("required"), schema.GetProperty("required")), function.Name);
        }
    }

    [Fact]
    public void ToKernelPlugin_ServiceWithoutARetriever_HasNothingToSearch()
    {
        KernelPlugin plugin = new SpladePlugin(new SpladeToolService(fixture.Engine)).ToKernelPlugin("sparse");
        Assert.Equal("sparse", plugin.Name);
        Assert.Equal(Functions[..4], plugin.Select(f => f.Name));
    }

    [Fact]
    public void ToKernelPlugin_WrongName_Throws()
    {
        var sut = new SpladePlugin(fixture.Service);
        Assert.ThrowsAny<ArgumentException>(() => sut.ToKernelPlugin("splade search"));
        Assert.Throws<ArgumentException>("pluginName", () => sut.ToKernelPlugin(" "));
        Assert.Throws<ArgumentNullException>("service", () => new SpladePlugin(null!));
    }

    [Fact]
    public async Task InvokeAsync_TypedCaller_GetsTheClrResult()
    {
        SpladeEncodeResult? encoded = await InvokeAsync<SpladeEncodeResult>("encode", new() { ["text"] = "lunar mission", ["top"] = 3 });
        SpladeExplainResult? explained = await InvokeAsync<SpladeExplainResult>(
            "explain", new() { ["query"] = "red world", ["document"] = "Mars is called the Red Planet." });
        SpladeCompareResult? compared = await InvokeAsync<SpladeCompareResult>(
            "compare", new() { ["query"] = "refund", ["documents"] = new[] { "tea", "money is refunded" } });
        SpladeExpandResult? expanded = await InvokeAsync<SpladeExpandResult>("expand_query", new() { ["query"] = "refund" });
        SpladeSearchResult? found = await InvokeAsync<SpladeSearchResult>("search", new() { ["query"] = "When do I get my money back?", ["top"] = "2" });
        SpladePassageResult? read = await InvokeAsync<SpladePassageResult>("read_passage", new() { ["id"] = found!.Hits![0].Id });

        Assert.Equal(3, encoded!.Terms!.Count);
        Assert.Equal("red", explained!.Matches![0].Term);
        Assert.Equal(1, compared!.Ranking![0].Index);
        Assert.Contains(expanded!.Keywords!, k => k.Term == "refund");
        Assert.Equal(2, found.Hits!.Count);
        Assert.NotEmpty(found.Hits[0].Reasons!);
        Assert.Equal("faq/refunds", read!.Id);
    }

    [Fact]
    public async Task InvokeAsync_OfTheClassByTheKernelItself_GivesTheSame()
    {
        KernelPlugin plugin = KernelPluginFactory.CreateFromObject(new SpladePlugin(fixture.Service), "own");
        var arguments = new KernelArguments { ["query"] = "refund", ["document"] = "Refunds take five working days.", ["top"] = 3 };

        SpladeExplainResult? own = await fixture.Kernel.InvokeAsync<SpladeExplainResult>(plugin["explain"], arguments);

        Assert.Equal(SpladeToolDescriptions.All, plugin.Description);
        Assert.Equal(Functions, plugin.Select(f => f.Name));
        Assert.Equal(Plugin.Select(f => (f.Name, f.Metadata.ReturnParameter.Description)), plugin.Select(f => (f.Name, f.Metadata.ReturnParameter.Description)));
        Assert.Equal((await InvokeAsync<SpladeExplainResult>("explain", arguments))!.ToString(), own!.ToString());
    }

    [Fact]
    public async Task PromptTemplate_ThatCallsAFunction_HasItsResultAsJson()
    {
        var template = new KernelPromptTemplateFactory().Create(new PromptTemplateConfig("Words: {{splade.expand_query query=$question top='2'}}"));

        string prompt = await template.RenderAsync(fixture.Kernel, new KernelArguments { ["question"] = "refund" });

        JsonElement result = JsonElement.Parse(System.Net.WebUtility.HtmlDecode(prompt["Words: ".Length..]));
        Assert.Equal(2, result.GetProperty("added").GetInt32());
        Assert.Equal("refund", result.GetProperty("keywords")[0].GetProperty("term").GetString());
    }

    [Fact]
    public async Task AsAIFunctions_OfThePlugin_GiveCompactJsonToChatClients()
    {
        AIFunction function = Plugin.AsAIFunctions(fixture.Kernel).Single(f => f.Name == "splade_encode");

        object? result = await function.InvokeAsync(new AIFunctionArguments { ["text"] = "lunar mission", ["top"] = 1 });

        JsonElement json = Assert.IsType<JsonElement>(result);
        Assert.Equal(["terms", "total_terms", "token_count", "truncated"], json.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task InvokeAsync_ManyCallersAtOnce_EachGetsItsOwnResult()
    {
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => $"moon {i} of planet {i % 7}")];
        SpladeEncodeResult?[] alone = new SpladeEncodeResult?[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            alone[i] = await InvokeAsync<SpladeEncodeResult>("encode", new() { ["text"] = texts[i] });
        }

        SpladeEncodeResult?[] together = await Task.WhenAll(texts.Select(t => InvokeAsync<SpladeEncodeResult>("encode", new() { ["text"] = t })));

        Assert.Equal(alone.Select(r => r!.Terms!.Select(t => t.Term)), together.Select(r => r!.Terms!.Select(t => t.Term)));
    }

    [Fact]
    public async Task InvokeAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Kernel.InvokeAsync(Plugin["encode"], new KernelArguments { ["text"] = "refund" }, source.Token));
    }

    [Fact]
    public async Task InvokeAsync_ModelFolderThatIsNotThere_ThrowsToTheDeveloper()
    {
        Kernel kernel = Kernel.CreateBuilder().AddSpladeEmbeddingGenerator("/nowhere/at-all").AddSpladePlugin().Build();
        KernelPlugin own = KernelPluginFactory.CreateFromObject(new SpladePlugin(kernel.GetRequiredService<SpladeToolService>()), "own");
        var arguments = new KernelArguments { ["text"] = "refund" };
        foreach (KernelFunction function in new[] { kernel.Plugins["splade"]["encode"], own["encode"] })
        {
            var error = await Assert.ThrowsAsync<KernelException>(() => kernel.InvokeAsync(function, arguments));
            Assert.DoesNotContain("nowhere", error.Message, StringComparison.Ordinal);
            Assert.IsType<OptionsValidationException>(error.InnerException);
            Assert.Contains("/nowhere/at-all: There is no such folder", error.InnerException.Message, StringComparison.Ordinal);
        }
    }

    private Task<T?> InvokeAsync<T>(string function, KernelArguments arguments) => fixture.Kernel.InvokeAsync<T>(Plugin[function], arguments);
}
