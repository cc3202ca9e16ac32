namespace Splade.AI.Explanation;

/// <summary>A term that a query and a document share, and what it brings to the score. Immutable.</summary>
public sealed record MatchedTerm
{
    /// <summary>Gets the term in the query: its weight, origin and spans there.</summary>
    public required ExplainedTerm Query { get; init; }

    /// <summary>Gets the term in the document: its weight, origin and spans there.</summary>
    public required ExplainedTerm Document { get; init; }

    /// <summary>Gets the product of the two weights. Over all terms these add up to the score.</summary>
    public required double Contribution { get; init; }

    /// <summary>Gets the contribution's share of the score, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Gets the term's dimension in both vectors, which is the token's id.</summary>
    public int Id => Query.Id;

    /// <summary>Gets the token as the vocabulary writes it.</summary>
    public string Token => Query.Token;

    /// <summary>Gets the token as people write it.</summary>
    public string Text => Query.Text;

    /// <summary>
    /// Gets what made the two meet in the term: <see cref="TermOrigin.Literal"/> if its token stands in both texts;
    /// <see cref="TermOrigin.Expansion"/> if the model added it to either; <see cref="TermOrigin.Policy"/> if without the model's help the
    /// vocabulary policy did. Null where that cannot be told because a text is not known.
    /// </summary>
    public TermOrigin? Origin => (Query.Origin, Document.Origin) switch
    {
        (TermOrigin.Expansion, _) or (_, TermOrigin.Expansion) => TermOrigin.Expansion,
        (null, _) or (_, null) => null,
        (TermOrigin.Policy, _) or (_, TermOrigin.Policy) => TermOrigin.Policy,
        _ => TermOrigin.Literal,
    };

    /// <summary>
    /// Gets a value indicating whether the contribution rests on expansion: true if the model added the term to the query or to the document, so that
    /// only expansion
    /// made them meet; false if both have it otherwise; null where that cannot be told because a text is not known.
    /// </summary>
    public bool? RestsOnExpansion => Origin is TermOrigin origin ? origin == TermOrigin.Expansion : null;
}
