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
                throw new ArgumentOutOfRangeException(nameof(MaxTokens), value, "Expected at least 3 tokens: two special tokens and one of the text.");
            }

            field = value;
        }
    }

    /// <summary>Which ONNX file of the folder to load, by its path in the transformer's folder, for example <c>onnx/model_O3.onnx</c>.</summary>
    /// <value>The default is null: <c>onnx/model.onnx</c>, else <c>model.onnx</c>, else the only one there is.</value>
    public string? OnnxFile { get; set; }

    /// <summary>How many threads one run of the model uses.</summary>
    /// <value>The default is the number of processors that the process may use, container limits included.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Threads));
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>How many runs of the model go on at a time, over all calls: the engine's workers.</summary>
    /// <remarks>
    /// Each takes <see cref="Threads"/> threads, and memory for the output of one run. With many processors and much to encode, more runs
    /// of fewer threads each do more work in the same time; a single text is done sooner with more threads.
    /// </remarks>
    /// <value>The default is 2: one text is in the model while another's output is reduced.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int ConcurrentRuns
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(ConcurrentRuns));
            field = value;
        }
    } = 2;

    /// <summary>Whether the text of a special token (such as <c>[SEP]</c>) inside a user's text becomes that token.</summary>
    /// <value>The default is true, as Hugging Face does it. Set it to false for texts that you do not trust; it holds for prompts too.</value>
    public bool SpecialTokensInText { get; set; } = true;

    /// <summary>Where the model's loading and cut texts are reported.</summary>
    /// <value>The default is no logging. Texts are never logged.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    internal EncoderSettings ToSettings(TransformerFolder files, ILogger logger)
    {
        TokenLimit.Require(MaxTokens, files.MaxTokens, "options");
        return new EncoderSettings(MaxTokens ?? files.MaxTokens, files.PadTokenId, SpecialTokensInText, Threads, ConcurrentRuns, logger);
    }
}
