using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>A <c>post_processor</c> of type <c>TemplateProcessing</c>.</summary>
internal sealed record TemplateProcessingJson
{
    public required string Type { get; init; }

    public required TemplatePieceJson?[] Single { get; init; }

    /// <summary>The template for two texts, of which there are never two here.</summary>
    public JsonElement Pair { get; init; }

    public required Dictionary<string, TemplateTokenJson?> SpecialTokens { get; init; }
}
