using Microsoft.Extensions.AI;
using Splade.AI.ModelFiles;
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
        Prompt = model.Files.PromptFor(InputType, said?.Prompt, said?.PromptName);
        MaxTokens = said?.MaxTokens ?? maxTokens;
        TokenLimit.Require(said?.MaxTokens, model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, tokenizer.SpecialTokenCount + 1, nameof(options));
        if (said?.MaxActiveDimensions is int count)
        {
            throw new ArgumentException(
                $"The options ask for {count} active dimensions, but '{model.Name}' is dense: all of its dimensions are active. Leave it unset.",
                nameof(options));
        }
    }

    public SpladeInputType InputType { get; }

    public string Prompt { get; }

    public int MaxTokens { get; }
}
