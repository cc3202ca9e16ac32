namespace Splade.AI.Tools;

/// <summary>A term that a query and a document share.</summary>
internal sealed record ToolMatch
{
    /// <summary>The term as people write it, without the marks of the vocabulary.</summary>
    public required string Term { get; init; }

    /// <summary>The term's weight in the query, rounded to three decimals; null where only the most important facts are told.</summary>
    public double? QueryWeight { get; init; }

    /// <summary>The term's weight in the document, rounded to three decimals; null where only the most important facts are told.</summary>
    public double? DocumentWeight { get; init; }

    /// <summary>The product of both weights, rounded to three decimals. Over all terms these add up to the score.</summary>
    public required double Contribution { get; init; }

    /// <summary>The contribution's share of the score, from 0 to 1, rounded to three decimals; null where only the most important facts are told.</summary>
    public double? Share { get; init; }

    /// <summary>Whether the term stands in both texts.</summary>
    public bool? Literal { get; init; }

    /// <summary>Where the model added the term: to the <c>query</c>, the <c>document</c> or <c>both</c>; null where it did not.</summary>
    public string? ExpandedBy { get; init; }

    /// <summary>The word that the term is a piece of, in the query or else in the document; null for a term that is a word by itself.</summary>
    public string? PartOf { get; init; }

    /// <summary>What the engine's vocabulary policy did to the query's weight, for example <c>synonym of car x0.8</c>; null for nothing.</summary>
    public string? QueryPolicy { get; init; }

    /// <summary>What the engine's vocabulary policy did to the document's weight, for example <c>boosted x2</c>; null for nothing.</summary>
    public string? DocumentPolicy { get; init; }
}
