namespace Splade.AI.Explanation;

/// <summary>Specifies how a term came to be in a text's vector.</summary>
/// <remarks>
/// Decided by token ids: a term is literal if a token with its id was read from the text itself. Tokens of a prompt, tokens that the model
/// puts around every text, special tokens written out in the text, and tokens beyond the limit do not count. Other spellings are other
/// tokens: where the text has <c>Mars</c>, the term <c>mars</c> is literal for a model that lower-cases, and an expansion for one that does not.
/// </remarks>
public enum TermOrigin
{
    /// <summary>The term's token stands in the text.</summary>
    Literal,

    /// <summary>The model added the term: its token does not stand in the text.</summary>
    Expansion,

    /// <summary>
    /// The engine's vocabulary policy added the term, as a synonym for example: its token does not stand in the text, and the model alone would
    /// not have given it. Told only where it is known what the policy did (<see cref="ExplainedTerm.PolicyEffects"/>).
    /// </summary>
    Policy,
}
