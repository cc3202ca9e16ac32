using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.Tools;

namespace Splade.AI.Tests.TestData;

/// <summary>Calls functions as an agent does, and reads what they return.</summary>
internal sealed class ToolCaller(IReadOnlyList<AIFunction> functions)
{
    public ToolCaller(SpladeEngine engine, SpladeAIToolsOptions? options = null)
        : this(SpladeAITools.Create(engine, options))
    {
    }

    public Task<EncodeResult> EncodeAsync(string? text, int? top = null, string inputType = "document") =>
        CallAsync<EncodeResult>("splade_encode", ("text", text), ("top", top), ("input_type", inputType));

    public Task<ExplainResult> ExplainAsync(string? query, string? document, int? top = null) =>
        CallAsync<ExplainResult>("splade_explain", ("query", query), ("document", document), ("top", top));

    public Task<CompareResult> CompareAsync(string? query, IReadOnlyList<string>? documents, int? top = null) =>
        CallAsync<CompareResult>("splade_compare", ("query", query), ("documents", documents), ("top", top));

    public Task<ExpandResult> ExpandQueryAsync(string? query, int? top = null) =>
        CallAsync<ExpandResult>("splade_expand", ("query", query), ("top", top));

    public Task<SearchResult> SearchAsync(string? query, int? top = null, string mode = "hybrid") =>
        CallAsync<SearchResult>("hybrid_search", ("query", query), ("top", top), ("mode", mode));

    public Task<ReadPassageResult> ReadPassageAsync(string? id) => CallAsync<ReadPassageResult>("read_passage", ("id", id));

    // The name may have a prefix.
    private async Task<TResult> CallAsync<TResult>(string function, params (string Name, object? Value)[] arguments)
        where TResult : ToolResult
    {
        AIFunction called = functions.Single(f => f.Name.EndsWith(function, StringComparison.Ordinal));
        object? json = await called.InvokeAsync(new AIFunctionArguments(arguments.ToDictionary(a => a.Name, a => a.Value)));
        return JsonSerializer.Deserialize<TResult>(Assert.IsType<string>(json), ToolResult.JsonOptions)!;
    }
}
