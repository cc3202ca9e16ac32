namespace Splade.AI.Tokenization;

/// <summary>The tokens of one text.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class TokenizedText
{
    private readonly int[] _ids;
    private readonly TokenOffset[] _offsets;

    internal TokenizedText(TokenBuffer tokens)
    {
        _ids = tokens.Ids.ToArray();
        _offsets = tokens.Offsets.ToArray();
        Truncated = tokens.Truncated;
    }

    /// <summary>Gets the ids.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>Gets the source of each token, in the order of <see cref="Ids"/>.</summary>
    public ReadOnlySpan<TokenOffset> Offsets => _offsets;

    /// <summary>Gets how many tokens there are.</summary>
    public int Count => _ids.Length;

    /// <summary>Gets a value indicating whether tokens were cut because of <see cref="TokenizationOptions.MaxTokens"/>.</summary>
    public bool Truncated { get; }
}
