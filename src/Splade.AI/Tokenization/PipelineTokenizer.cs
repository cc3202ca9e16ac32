using Splade.AI.Tokenization.Normalizers;
using Splade.AI.Tokenization.PreTokenizers;

namespace Splade.AI.Tokenization;

/// <summary>A tokenizer that is put together from normalizers, pre-tokenizers and a model, as its file lists them.</summary>
/// <remarks>Immutable. Text that no normalizer changes, nearly all there is in English, is never copied.</remarks>
/// <param name="parts">What every tokenizer has.</param>
/// <param name="normalizers">What is done to the text first.</param>
/// <param name="words">Splits the text into words, and those into tokens.</param>
internal sealed class PipelineTokenizer(TokenizerParts parts, NormalizerChain normalizers, WordPipeline words) : Tokenizer(parts)
{
    private protected override void AppendPart(
        ReadOnlySpan<char> text, int start, int end, bool withSpecialTokens, TokenBuffer destination)
    {
        AlignedText normalized = normalizers.Normalize(text, start, end, destination.Memory);
        AppendNormalized(normalized, text, withSpecialTokens, destination);
    }

    private protected override void AppendWords(AlignedText text, TokenBuffer destination) => words.Append(text, destination);
}
