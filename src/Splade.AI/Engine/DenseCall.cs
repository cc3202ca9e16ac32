using Splade.AI.ModelFiles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>One call to a <see cref="DenseEmbeddingGenerator"/>: its options, checked.</summary>
internal sealed class DenseCall
{
    /// <exception cref="ArgumentException">The options ask for a prompt, a limit or a size that the model does not have.</exception>
    public DenseCall(DenseModel model, Tokenizer tokenizer, int maxTokens, SpladeEncodingOptions options)
    {
        InputType = options.InputType ?? EmbeddingInputType.Document;
        string prompt = model.Files.PromptFor(InputType, options.Prompt, options.PromptName);
        Request = new EncodingRequest(prompt, options.MaxTokens ?? maxTokens) { LongTexts = LongTexts(options) };
        TokenLimit.Require(options.MaxTokens, model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(Request.MaxTokens, tokenizer.SpecialTokenCount + 1, nameof(options));
        if (options.MaxActiveDimensions is int count)
        {
            throw new ArgumentException(
                $"The options ask for {count} active dimensions, but '{model.Name}' is dense: all of its dimensions are active. Leave it unset.",
                nameof(options));
        }
    }

    public EmbeddingInputType InputType { get; }

    /// <summary>How the texts are read.</summary>
    public EncodingRequest Request { get; }

    private static LongTextHandling LongTexts(SpladeEncodingOptions options) => options.LongTextHandling switch
    {
        null or LongTextHandling.Truncate => LongTextHandling.Truncate,
        LongTextHandling.Throw => LongTextHandling.Throw,
        LongTextHandling other => throw new ArgumentException(
            $"The options ask for the LongTextHandling {other}, but dense vectors are not put together by their maxima: expected Truncate or Throw. "
            + "Cut long texts into passages, and encode each.",
            nameof(options)),
    };
}
