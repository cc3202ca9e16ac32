namespace Splade.AI.Explanation;

/// <summary>Describes why a document has its score for a query: what each term that they share brings. Immutable; safe to share between threads.</summary>
public sealed record MatchExplanation
{
    /// <summary>Gets the score: the dot product of the vectors, the same bits as <see cref="SparseVector.Dot(SparseVector)"/> gives.</summary>
    public required float Score { get; init; }

    /// <summary>
    /// Gets the terms that both vectors have, the largest contribution first, of equal ones the lower id first: all of them, or as many as
    /// <see cref="ExplanationOptions.Top"/> says.
    /// </summary>
    public required IReadOnlyList<MatchedTerm> Terms { get; init; }

    /// <summary>Gets how many terms both vectors have, whether they are listed or not.</summary>
    public required int TermCount { get; init; }

    /// <summary>
    /// Gets the terms of the query that the document has no weight for, the heaviest first: all of them, or as many as
    /// <see cref="ExplanationOptions.Top"/> says.
    /// </summary>
    public required IReadOnlyList<ExplainedTerm> UnmatchedTerms { get; init; }

    /// <summary>Gets how many terms of the query the document has no weight for, whether they are listed or not.</summary>
    public required int UnmatchedCount { get; init; }

    /// <summary>
    /// Gets the share of the score that rests on expansion (<see cref="MatchedTerm.RestsOnExpansion"/>), from 0 to 1; null unless both texts are known
    /// and the vectors share a term.
    /// </summary>
    public double? ExpansionShare { get; init; }

    /// <summary>
    /// Gets the share of the score of terms that the query and the document share only because of the vocabulary policy
    /// (<see cref="MatchedTerm.Origin"/> is <see cref="TermOrigin.Policy"/>), from 0 to 1; null where <see cref="ExpansionShare"/> is. What is
    /// left of the score rests on terms that stand in both texts.
    /// </summary>
    public double? PolicyShare { get; init; }

    /// <summary>
    /// Gets what a reader of the score should know, as a sentence: that nothing matched, or that the whole score rests on expansion, on the
    /// vocabulary policy, or on both. Null if there is nothing to say.
    /// </summary>
    public string? Warning { get; init; }

    /// <summary>Gets the query by itself; null where its text is not known. Not cut to <see cref="ExplanationOptions.Top"/>.</summary>
    public TextExplanation? Query { get; init; }

    /// <summary>Gets the document by itself; null where its text is not known. Not cut to <see cref="ExplanationOptions.Top"/>.</summary>
    public TextExplanation? Document { get; init; }
}
