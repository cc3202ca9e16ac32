namespace Splade.AI.Tokenization.Loading;

/// <summary>Which special token, or which text (<c>A</c> or <c>B</c>), stands at a place of a template.</summary>
internal sealed record TemplateReferenceJson
{
    public required string Id { get; init; }

    /// <summary>The segment id, which no supported model takes from the tokenizer.</summary>
    public int TypeId { get; init; }
}
