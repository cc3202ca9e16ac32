namespace Splade.AI.Explanation;

/// <summary>A term that a query and a document share, and what it brings to the score. Immutable.</summary>
public sealed record MatchedTerm
{
    /// <summary>The term in the query: its weight, origin and spans there.</summary>
    public required ExplainedTerm Query { get; init; }

    /// <summary>The term in the document: its weight, origin and spans there.</summary>
    public required ExplainedTerm Document { get; init; }

    /// <summary>The product of the two weights. Over all terms these add up to the score.</summary>
    public required double Contribution { get; init; }

    /// <summary>The contribution's share of the score, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The term's dimension in both vectors, which is the token's id.</summary>
    public int Id => Query.Id;

    /// <summary>The token as the vocabulary writes it.</summary>
    public string Token => Query.Token;

    /// <summary>The token as people write it.</summary>
    public string Text => Query.Text;

    /// <summary>
    /// Whether the contribution rests on expansion: false if the token stands in the query and in the document, true if it is missing from either,
    /// so that only the model's expansion made them meet; null where that cannot be told because a text is not known.
    /// </summary>
    public bool? RestsOnExpansion => (Query.Origin, Document.Origin) switch
    {
        (TermOrigin.Expansion, _) or (_, TermOrigin.Expansion) => true,
        (TermOrigin.Literal, TermOrigin.Literal) => false,
        _ => null,
    };
}
