namespace Splade.AI.Tokenization;

/// <summary>Provides the options of how one text is tokenized. <c>default</c> and <c>new()</c> both mean the defaults stated at each property.</summary>
/// <remarks>Immutable; derive another with <c>options with { MaxTokens = 256 }</c>.</remarks>
public readonly record struct TokenizationOptions
{
    // Held as the difference from the default, so that default(TokenizationOptions) asks for exactly that.
    private readonly int _tokensGivenUp;
    private readonly bool _omitSpecialTokens;
    private readonly bool _readSpecialTokensAsText;

    /// <summary>Gets the most tokens to return, those of the template included.</summary>
    /// <remarks>
    /// Tokens beyond it are cut from the right, the template's tokens are kept: what Hugging Face's <c>truncation</c> with direction
    /// <c>right</c> does. <see cref="TokenBuffer.Truncated"/> tells whether anything was cut.
    /// </remarks>
    /// <value>The default value is <see cref="int.MaxValue"/>: nothing is cut.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxTokens
    {
        get => int.MaxValue - _tokensGivenUp;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _tokensGivenUp = int.MaxValue - value;
        }
    }

    /// <summary>Whether tokens beyond the limit are cut from the left: what Hugging Face's <c>truncation_side</c> says of a model.</summary>
    internal bool TruncatesLeft { get; init; }

    /// <summary>Gets a value indicating whether the tokens of the model's template, such as <c>[CLS]</c> and <c>[SEP]</c>, are put around the text.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool AddSpecialTokens
    {
        get => !_omitSpecialTokens;
        init => _omitSpecialTokens = !value;
    }

    /// <summary>Gets a value indicating whether a special token written out in the text, such as <c>[SEP]</c>, becomes that token.</summary>
    /// <remarks>
    /// Set it to <see langword="false"/> for text from strangers: they can then not place tokens that the model gives a meaning to. The
    /// characters are tokenized as any others, as Hugging Face does with <c>encode_special_tokens</c>.
    /// </remarks>
    /// <value>The default value is <see langword="true"/>, as in Hugging Face.</value>
    public bool SpecialTokensInText
    {
        get => !_readSpecialTokensAsText;
        init => _readSpecialTokensAsText = !value;
    }
}
