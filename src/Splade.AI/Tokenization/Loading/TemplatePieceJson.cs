using System.Text.Json.Serialization;

namespace Splade.AI.Tokenization.Loading;

/// <summary>An element of a template: one of the two properties is there.</summary>
internal sealed record TemplatePieceJson
{
    [JsonPropertyName("SpecialToken")]
    public TemplateReferenceJson? SpecialToken { get; init; }

    [JsonPropertyName("Sequence")]
    public TemplateReferenceJson? Sequence { get; init; }
}
