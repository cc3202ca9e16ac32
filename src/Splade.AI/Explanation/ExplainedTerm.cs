using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A term of a vector, and where it comes from. Immutable.</summary>
public sealed record ExplainedTerm
{
    /// <summary>Gets the term's dimension in the vector, which is the token's id.</summary>
    public required int Id { get; init; }

    /// <summary>Gets the token as the vocabulary writes it, for example <c>##ya</c> or <c>Ġmoon</c>.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the token as people write it: without the marks of the vocabulary, bytes decoded. Two tokens may have the same text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the term's weight in the vector, greater than zero.</summary>
    public required float Weight { get; init; }

    /// <summary>Gets the weight's share of the vector's mass, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Gets a value indicating whether the text has the term, or the model or a policy added it; null where the text is not known.</summary>
    public TermOrigin? Origin { get; init; }

    /// <summary>Gets where a literal term stands in the text, in order; empty for any other, and where the text is not known.</summary>
    public IReadOnlyList<TokenOffset> Occurrences { get; init; } = [];

    /// <summary>
    /// Gets the token that gave the term most: the one whose activation is the term's weight under max pooling, the largest contribution under
    /// sum pooling. Null where spans were not asked for or cannot be had (<see cref="TextExplanation.SpansUnavailableReason"/>), and for a term that the
    /// model does not give this text. Null too where words are counted and no model is run, as for BM25: all occurrences make the weight together.
    /// </summary>
    /// <remarks>
    /// In a long text that was read through a sliding window it is the strongest of all windows under max pooling, where a token that several
    /// windows have counts once, with the largest of its activations. Under sum pooling a term has the weight of the window whose sum is
    /// largest, and its source and runners-up are of that window.
    /// </remarks>
    public TermSource? Source { get; init; }

    /// <summary>
    /// Gets the tokens that gave the term most after <see cref="Source"/>, the largest activation first: as many as were asked for and gave anything.
    /// </summary>
    public IReadOnlyList<TermSource> RunnersUp { get; init; } = [];

    /// <summary>Gets what the engine's vocabulary policy did to the term, in the order of its steps; empty if it did nothing.</summary>
    /// <remarks>
    /// <para>
    /// It is known where the engine makes the vector for the explanation. Of a vector that is there already it is known where the model is run
    /// for spans on the processors, or nothing is run for a looked-up query; and then only if each weight is the one that the text has under
    /// the policy now, so that the vector is the text's, whole or pruned. Of any other vector nobody knows what became of it: it is empty.
    /// </para>
    /// <para>The activations of sources are the model's own: a term that was boosted weighs more than its source says.</para>
    /// </remarks>
    public IReadOnlyList<PolicyEffect> PolicyEffects { get; init; } = [];
}
