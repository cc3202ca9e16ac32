using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;

namespace Splade.AI;

/// <summary>How a model is loaded and run: what <see cref="SpladeEngineOptions"/> and <see cref="DenseEmbeddingGeneratorOptions"/> share.</summary>
/// <remarks>Read once when the model is loaded; later changes have no effect.</remarks>
public abstract class EncoderOptions
{
    private protected EncoderOptions(string modelFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelFolder);
        ModelFolder = modelFolder;
    }

    /// <summary>The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</summary>
    public string ModelFolder { get; }

    /// <summary>The most tokens of a text that are read, special tokens included. The end of a longer text is cut off and reported.</summary>
    /// <value>The default is null: as many as the model reads. A larger number than that is refused when the model is loaded.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 3: two special tokens and nothing else fit below that.</exception>
    public int? MaxTokens
    {
        get;
        set
        {
            if (value < 3)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 3 tokens: two special tokens and one of the text.");
            }

            field = value;
        }
    }

    /// <summary>How many threads one run of the model uses.</summary>
    /// <value>The default is the number of processors that the process may use, container limits included.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>Whether the text of a special token (such as <c>[SEP]</c>) inside a user's text becomes that token.</summary>
    /// <value>The default is true, as Hugging Face does it. Set it to false for texts that you do not trust.</value>
    public bool SpecialTokensInText { get; set; } = true;

    /// <summary>Where the model's loading and cut texts are reported.</summary>
    /// <value>The default is no logging. Texts are never logged.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    internal EncoderSettings ToSettings(TransformerFolder files, ILogger logger)
    {
        if (MaxTokens > files.MaxTokens)
        {
            throw new ArgumentException(
                $"{nameof(MaxTokens)} is {MaxTokens}, but the model in {ModelFolder} reads at most {files.MaxTokens} tokens. Set it no higher, or leave it unset.");
        }

        return new EncoderSettings(MaxTokens ?? files.MaxTokens, files.PadTokenId, SpecialTokensInText, Threads, logger);
    }
}
