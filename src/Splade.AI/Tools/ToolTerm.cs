namespace Splade.AI.Tools;

/// <summary>A term of a vector.</summary>
internal sealed record ToolTerm
{
    /// <summary>The term as people write it, without the marks of the vocabulary.</summary>
    public required string Term { get; init; }

    /// <summary>The term's weight in the vector, rounded to three decimals.</summary>
    public required double Weight { get; init; }

    /// <summary>Whether the term stands in the text; false if the model or the vocabulary policy added it.</summary>
    public bool? Literal { get; init; }

    /// <summary>The word of the text that the term is a piece of; null for a term that is a word by itself, and for one that the model added.</summary>
    public string? PartOf { get; init; }

    /// <summary>What the engine's vocabulary policy did to the weight, for example <c>boosted x2</c>; null for nothing.</summary>
    public string? Policy { get; init; }
}
