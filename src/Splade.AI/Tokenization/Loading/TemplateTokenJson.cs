namespace Splade.AI.Tokenization.Loading;

/// <summary>The ids that a special token of a template stands for.</summary>
internal sealed record TemplateTokenJson
{
    public required string Id { get; init; }

    public required int[] Ids { get; init; }

    public required string[] Tokens { get; init; }
}
