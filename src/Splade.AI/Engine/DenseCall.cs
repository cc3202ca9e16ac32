using Splade.AI.ModelFiles;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>One call to a <see cref="DenseEmbeddingGenerator"/>: its options, checked.</summary>
internal sealed class DenseCall : TextCall
{
    /// <exception cref="ArgumentException">The options ask for a prompt, a limit or a size that the model does not have.</exception>
    public DenseCall(DenseModel model, Tokenizer tokenizer, int maxTokens, SpladeEncodingOptions options)
        : base(model.Files, model.MaxTokens, tokenizer, maxTokens, options) => RequireNoActiveDimensions(options, model.Name);

    /// <exception cref="ArgumentException">The options ask for fewer entries, which a dense vector does not have.</exception>
    public static void RequireNoActiveDimensions(SpladeEncodingOptions options, string model)
    {
        if (options.MaxActiveDimensions is int count)
        {
            throw new ArgumentException(
                $"The options ask for {count} active dimensions, but '{model}' is dense: all of its dimensions are active. Leave it unset.",
                nameof(options));
        }
    }
}
