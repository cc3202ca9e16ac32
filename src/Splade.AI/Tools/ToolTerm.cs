using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>A term of a vector, as functions for agents tell it. Immutable.</summary>
public sealed record ToolTerm
{
    /// <summary>The term as people write it, without the marks of the vocabulary.</summary>
    [JsonPropertyName("term")]
    public required string Term { get; init; }

    /// <summary>The term's weight in the vector, rounded to three decimals.</summary>
    [JsonPropertyName("weight")]
    public required double Weight { get; init; }

    /// <summary>Whether the term stands in the text; false if the model or the vocabulary policy added it.</summary>
    [JsonPropertyName("literal"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Literal { get; init; }

    /// <summary>The word of the text that the term is a piece of; null for a term that is a word by itself, and for one that the model added.</summary>
    [JsonPropertyName("part_of"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PartOf { get; init; }

    /// <summary>What the engine's vocabulary policy did to the weight, for example <c>boosted x2</c>; null for nothing.</summary>
    [JsonPropertyName("policy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }
}
