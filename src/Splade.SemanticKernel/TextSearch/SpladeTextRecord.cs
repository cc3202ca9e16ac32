using Microsoft.SemanticKernel.Data;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>Represents a text that a search found, without its vectors. Immutable.</summary>
public sealed record SpladeTextRecord
{
    /// <summary>Gets the text's id in its store.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text.</summary>
#pragma warning disable SKEXP0001 // The attributes tell other text searches of the kernel what to cite.
    [TextSearchResultValue]
    public required string Text { get; init; }

    /// <summary>Gets the name that a citation gives the text.</summary>
    [TextSearchResultName]
    public required string Name { get; init; }

    /// <summary>Gets the place that a citation points to; null if nothing is known.</summary>
    [TextSearchResultLink]
#pragma warning restore SKEXP0001
    public string? Link { get; init; }

    /// <summary>Gets the score of the search, which gave the text its place unless a reranker did; higher is better.</summary>
    public required float Score { get; init; }

    /// <summary>Gets the reranker's score, which gave the text its place; null where no reranker read it.</summary>
    public float? RerankScore { get; init; }

    /// <summary>Gets the metadata of the text.</summary>
    public required IReadOnlyDictionary<string, MetadataValue> Metadata { get; init; }
}
