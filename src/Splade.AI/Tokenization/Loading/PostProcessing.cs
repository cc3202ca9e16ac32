namespace Splade.AI.Tokenization.Loading;

/// <summary>What the <c>post_processor</c> of a <c>tokenizer.json</c> says.</summary>
/// <param name="Template">The tokens around every text.</param>
/// <param name="TrimsOffsets">Whether spaces do not count for the offset of a token.</param>
/// <param name="KeepsPrefix">Whether a space before the text's first token was put there by the tokenizer.</param>
internal sealed record PostProcessing(TokenTemplate Template, bool TrimsOffsets = false, bool KeepsPrefix = false);
