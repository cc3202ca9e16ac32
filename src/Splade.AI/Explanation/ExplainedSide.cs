using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A vector and what is known of where it comes from: all that an explanation is made of.</summary>
/// <param name="Tokenizer">The tokenizer whose ids the vector's dimensions are.</param>
/// <param name="Vector">The vector.</param>
/// <param name="Tokens">The tokens of its text; null if the text is not known.</param>
/// <param name="Sources">The tokens that gave its terms their weights.</param>
internal sealed record ExplainedSide(Tokenizer Tokenizer, SparseVector Vector, TextTokens? Tokens, TermSources Sources)
{
    /// <summary>What is known of the policy that the vector is under.</summary>
    public AppliedPolicy Policy { get; init; } = AppliedPolicy.None;
}
