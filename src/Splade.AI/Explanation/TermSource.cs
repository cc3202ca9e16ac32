using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>A token of a text that gave a term weight.</summary>
/// <param name="Position">
/// The token's place among those that were read, from 0. The tokens that the model puts around every text, such as <c>[CLS]</c>, and those of
/// a prompt are counted: once, also where each window of a long text begins or ends with them.
/// </param>
/// <param name="Span">
/// The part of the text that the token stands for, without white space at its ends; null for a token that is not of the text, such as
/// <c>[CLS]</c> or one of the prompt.
/// </param>
/// <param name="Activation">
/// What the token gives the term: the weight that the vector would have if it were the only token. Under max pooling the largest one is the
/// term's weight, under sum pooling they add up to it, as far as no policy and nobody else changed the vector afterwards.
/// </param>
public readonly record struct TermSource(int Position, TokenOffset? Span, float Activation);
