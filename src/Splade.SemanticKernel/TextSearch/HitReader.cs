using System.Diagnostics.CodeAnalysis;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>What a hit's metadata mean to a text search. Nothing else here looks into them.</summary>
[Experimental("SKEXP0001")]
internal static class HitReader
{
    /// <summary>What a citation calls the text.</summary>
    public static string Name(HybridHit hit, SpladeTextSearchOptions options) => Value(hit, options.NameKey) ?? hit.Record.Id;

    /// <summary>Where a citation points to; null if nothing is known.</summary>
    public static string? Link(HybridHit hit, SpladeTextSearchOptions options) => Value(hit, options.LinkKey);

    /// <summary>A value of the metadata as text; null if there is none.</summary>
    public static string? Value(HybridHit hit, string key) => hit.Record.Metadata.GetValueOrDefault(key)?.ToString();

    /// <summary>The hit without its vectors.</summary>
    public static SpladeTextRecord Read(HybridHit hit, SpladeTextSearchOptions options) => new()
    {
        Id = hit.Record.Id,
        Text = hit.Record.Text,
        Name = Name(hit, options),
        Link = Link(hit, options),
        Score = hit.Score,
        RerankScore = hit.Rerank?.Score,
        Metadata = hit.Record.Metadata,
    };
}
