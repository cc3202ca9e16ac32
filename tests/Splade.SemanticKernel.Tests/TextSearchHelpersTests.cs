using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Splade.SemanticKernel.Tests.TestData;
using Splade.SemanticKernel.TextSearch;

// Semantic Kernel's helpers take the older interface and its filters.
#pragma warning disable CS0618

namespace Splade.SemanticKernel.Tests;

/// <summary>What Semantic Kernel makes of a text search: plugins, prompts, and what agents are told before they answer.</summary>
public sealed class TextSearchHelpersTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private ITextSearch Search => fixture.Kernel.GetRequiredService<ITextSearch>();

    [Fact]
    public async Task CreateWithSearch_InAPromptTemplate_GivesTheTexts()
    {
        Kernel kernel = fixture.Kernel.Clone();
        kernel.Plugins.Add(Search.CreateWithSearch("search"));
        var template = new KernelPromptTemplateFactory { AllowDangerouslySetContent = true }
            .Create(new PromptTemplateConfig("{{search.search $query}}") { AllowDangerouslySetContent = true });

        string prompt = await template.RenderAsync(kernel, new KernelArguments { ["query"] = "clean the grinder" });

        Assert.Contains("Clean the grinder once a week", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateWithGetTextSearchResults_Invoked_GivesCitations()
    {
        KernelPlugin plugin = Search.CreateWithGetTextSearchResults("search");

        var results = await fixture.Kernel.InvokeAsync<IEnumerable<TextSearchResult>>(
            plugin["GetTextSearchResults"], new() { ["query"] = "How long do refunds take?", ["count"] = 1, ["skip"] = 0 });

        TextSearchResult only = Assert.Single(results!);
        Assert.Equal(("Refunds and returns", "refunds.md"), (only.Name, only.Link));
    }

    [Fact]
    public async Task CreateWithGetSearchResults_Invoked_GivesRecordsWithoutVectors()
    {
        KernelPlugin plugin = Search.CreateWithGetSearchResults("search");

        var results = await fixture.Kernel.InvokeAsync<IEnumerable<object>>(plugin["GetSearchResults"], new() { ["query"] = "red planet" });

        Assert.Equal(2, results!.Count());
        string json = JsonSerializer.Serialize(results);
        Assert.Contains("Mars is called the Red Planet.", json, StringComparison.Ordinal);
        Assert.InRange(json.Length, 10, 1000);
    }

    [Theory]
    [InlineData("kind", "manual", "manual/boiler,manual/grinder")]
    [InlineData("Name", "Gift cards", "faq/gifts")]
    [InlineData("Id", "space/mars", "space/mars")]
    [InlineData("kind", "nothing", "")]
    [InlineData("colour", "red", "")]
    public async Task GetSearchResultsAsync_FilterOfTheOlderInterface_ComparesPropertiesAndMetadata(string field, string value, string expected)
    {
        var options = new TextSearchOptions { Filter = new TextSearchFilter().Equality(field, value), Top = 10, IncludeTotalCount = true };

        KernelSearchResults<object> results = await Search.GetSearchResultsAsync("What do you say of the red planet?", options);

        string[] ids = [.. (await results.Results.ToListAsync()).Cast<SpladeTextRecord>().Select(r => r.Id).Order()];
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), ids);
        Assert.Equal(ids.Length, results.TotalCount);
    }

    [Fact]
    public async Task CreateSearch_WithAParameterOfItsOwn_FiltersByIt()
    {
        var options = new KernelFunctionFromMethodOptions
        {
            FunctionName = "Search",
            Parameters =
            [
                new KernelParameterMetadata("query") { ParameterType = typeof(string), IsRequired = true },
                new KernelParameterMetadata("kind") { ParameterType = typeof(string) },
            ],
        };
        KernelFunction search = Search.CreateSearch(options);
        var arguments = new KernelArguments { ["query"] = "red planet", ["kind"] = JsonSerializer.SerializeToElement("manual") };

        var texts = await fixture.Kernel.InvokeAsync<IEnumerable<string>>(search, arguments);

        Assert.Equal(2, texts!.Count());
        Assert.All(texts!, t => Assert.DoesNotContain("Mars", t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SearchAsync_ClauseThatIsNotOfEquality_IsRefused()
    {
        var filter = new TextSearchFilter();
        ((List<FilterClause>)filter.FilterClauses).Add(new AnyTagEqualToFilterClause("tags", "red"));
        var thrown = await Assert.ThrowsAsync<NotSupportedException>(() => Search.SearchAsync("red", new TextSearchOptions { Filter = filter }));
        Assert.Contains("AnyTagEqualTo", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextSearchProvider_BeforeAnAnswer_TellsTheAgentTextsWithTheirSources()
    {
        var provider = new TextSearchProvider(Search, options: new TextSearchProviderOptions { Top = 1 });

        AIContext context = await provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, "How long do refunds take?")]);

        Assert.Contains("SourceDocName: Refunds and returns", context.Instructions, StringComparison.Ordinal);
        Assert.Contains("SourceDocLink: refunds.md", context.Instructions, StringComparison.Ordinal);
        Assert.Contains("Refunds take five working days.", context.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextSearchProvider_OnDemand_OffersASearchThatWorks()
    {
        var options = new TextSearchProviderOptions { SearchTime = TextSearchProviderOptions.RagBehavior.OnDemandFunctionCalling, Top = 1 };
        AIContext context = await new TextSearchProvider(Search, options: options).ModelInvokingAsync([]);

        object? result = await Assert.Single(context.AIFunctions).InvokeAsync(new AIFunctionArguments { ["userQuestion"] = "red planet" });

        Assert.Contains("Mars is called the Red Planet.", result!.ToString(), StringComparison.Ordinal);
    }
}
