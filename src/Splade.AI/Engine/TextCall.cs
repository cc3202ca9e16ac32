using Splade.AI.Explanation;
using Splade.AI.ModelFiles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>One call to an encoder that reads each text at once, without a sliding window: its options, checked.</summary>
internal class TextCall
{
    /// <param name="folder">The model's folder, which has its prompts.</param>
    /// <param name="modelTokens">The most tokens that the model reads.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="maxTokens">The most tokens that are read where the options do not say.</param>
    /// <param name="options">The options, combined with those of the model.</param>
    /// <exception cref="ArgumentException">The options ask for a prompt, a limit or a sliding window that the model does not have.</exception>
    public TextCall(ModelFolder folder, int modelTokens, Tokenizer tokenizer, int maxTokens, SpladeEncodingOptions options)
    {
        InputType = options.InputType ?? EmbeddingInputType.Document;
        MaxActiveDimensions = options.MaxActiveDimensions;
        string prompt = folder.PromptFor(InputType, options.Prompt, options.PromptName);
        Request = new EncodingRequest(prompt, options.MaxTokens ?? maxTokens) { LongTexts = LongTexts(options) };
        TokenLimit.Require(options.MaxTokens, modelTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(Request.MaxTokens, tokenizer.SpecialTokenCount + 1, nameof(options));
    }

    public EmbeddingInputType InputType { get; }

    /// <summary>How the texts are read.</summary>
    public EncodingRequest Request { get; }

    /// <summary>How many of the heaviest entries of a sparse vector are kept; null for all.</summary>
    public int? MaxActiveDimensions { get; }

    /// <summary>A sparse vector with the entries that the call keeps.</summary>
    public SparseVector Trim(SparseVector vector) => MaxActiveDimensions is int most ? vector.TopK(most) : vector;

    /// <summary>Reads a text as the encoder does.</summary>
    /// <param name="parts">The encoder.</param>
    /// <param name="text">The text.</param>
    /// <param name="position">Its position among those of the call.</param>
    /// <exception cref="TextTooLongException">It has more tokens than are read, and that is refused.</exception>
    public TextTokens Read(EncoderParts parts, string text, int position)
    {
        TokenizationOptions options = parts.Settings.Tokenization with { MaxTokens = Request.MaxTokens };
        var tokens = TextTokens.Read(parts.Tokenizer, Request.Prompt, text, options);
        return tokens.Truncated && Request.LongTexts == LongTextHandling.Throw
            ? throw new TextTooLongException(
                position, parts.Tokenizer.CountTokens(Request.Prompt + text, options with { MaxTokens = int.MaxValue }), Request.MaxTokens)
            : tokens;
    }

    private static LongTextHandling LongTexts(SpladeEncodingOptions options) => options.LongTextHandling switch
    {
        null or LongTextHandling.Truncate => LongTextHandling.Truncate,
        LongTextHandling.Throw => LongTextHandling.Throw,
        LongTextHandling other => throw new ArgumentException(
            $"The options ask for the LongTextHandling {other}, but vectors of this model are not put together by their maxima: expected Truncate or Throw. "
            + "Cut long texts into passages, and encode each.",
            nameof(options)),
    };
}
