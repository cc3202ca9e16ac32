using Microsoft.Extensions.AI;
using Splade.AI.ModelFiles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>One call to a <see cref="DenseEmbeddingGenerator"/>: its options, checked and combined with those of the generator.</summary>
internal sealed class DenseCall
{
    /// <exception cref="ArgumentException">The options ask for a prompt, a limit or a size that the model does not have.</exception>
    public DenseCall(DenseModel model, Tokenizer tokenizer, int maxTokens, EmbeddingGenerationOptions? options)
    {
        var said = options as SpladeEmbeddingGenerationOptions;
        InputType = said?.InputType ?? SpladeInputType.Document;
        string prompt = model.Files.PromptFor(InputType, said?.Prompt, said?.PromptName);
        Request = new EncodingRequest(prompt, said?.MaxTokens ?? maxTokens) { LongTexts = LongTexts(said) };
        TokenLimit.Require(said?.MaxTokens, model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(Request.MaxTokens, tokenizer.SpecialTokenCount + 1, nameof(options));
        if (said?.MaxActiveDimensions is int count)
        {
            throw new ArgumentException(
                $"The options ask for {count} active dimensions, but '{model.Name}' is dense: all of its dimensions are active. Leave it unset.",
                nameof(options));
        }
    }

    public SpladeInputType InputType { get; }

    /// <summary>How the texts are read.</summary>
    public EncodingRequest Request { get; }

    private static LongTextHandling LongTexts(SpladeEmbeddingGenerationOptions? options) => options?.LongTextHandling switch
    {
        null or LongTextHandling.Truncate => LongTextHandling.Truncate,
        LongTextHandling.Throw => LongTextHandling.Throw,
        LongTextHandling other => throw new ArgumentException(
            $"The options ask for the LongTextHandling {other}, but dense vectors are not put together by their maxima: expected Truncate or Throw. "
            + "Cut long texts into passages, and encode each.",
            nameof(options)),
    };
}
