using Microsoft.Extensions.Logging;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding;

/// <summary>How a <see cref="TextEncoder{TVector}"/> works, whatever it makes of a row.</summary>
/// <param name="MaxTokens">The most tokens of a text that are read unless a call says otherwise, special tokens included.</param>
/// <param name="PadTokenId">The id that fills the rows of shorter texts.</param>
/// <param name="SpecialTokensInText">Whether a special token's text inside a user's text becomes that token.</param>
/// <param name="Logger">Where cut texts and failing devices are reported.</param>
internal record EncoderSettings(int MaxTokens, int PadTokenId, bool SpecialTokensInText, ILogger Logger)
{
    /// <summary>The model's name, for whoever collects metrics.</summary>
    public string Model { get; init; } = "";

    /// <summary>Whether of a text with more tokens than are read the first are cut off, not the last.</summary>
    public bool TruncatesLeft { get; init; }

    /// <summary>How texts are tokenized, up to the limit that holds where a call does not say.</summary>
    public TokenizationOptions Tokenization => new() { MaxTokens = MaxTokens, SpecialTokensInText = SpecialTokensInText, TruncatesLeft = TruncatesLeft };
}
