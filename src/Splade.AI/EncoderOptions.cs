using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;

namespace Splade.AI;

/// <summary>How a model is loaded and run: what <see cref="SpladeEngineOptions"/> and <see cref="DenseEmbeddingGeneratorOptions"/> share.</summary>
/// <remarks>Read once when the model is loaded; later changes have no effect.</remarks>
public abstract partial class EncoderOptions
{
    private protected EncoderOptions()
    {
    }

    private protected EncoderOptions(string modelFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelFolder);
        ModelFolder = modelFolder;
    }

    /// <summary>The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</summary>
    /// <remarks>
    /// The ONNX file may be read as long as the engine lives, from where it lies: do not write into it or cut it short meanwhile. To replace
    /// it, put another file in its place (delete or rename), and load that with a new engine.
    /// </remarks>
    /// <value>There is no default: without it nothing is loaded. It is empty as long as it was not set.</value>
    /// <exception cref="ArgumentException">The value is null, empty or blank.</exception>
    public string ModelFolder
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(ModelFolder));
            field = value;
        }
    } = "";

    /// <summary>
    /// The most tokens of a text that are read, special tokens included. The end of a longer text is cut off and reported, unless
    /// <see cref="SpladeEngineOptions.LongTextHandling"/> says otherwise.
    /// </summary>
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

    /// <summary>Whether the text of a special token (such as <c>[SEP]</c>) inside a user's text becomes that token.</summary>
    /// <value>The default is true, as Hugging Face does it. Set it to false for texts that you do not trust; it holds for prompts too.</value>
    public bool SpecialTokensInText { get; set; } = true;

    /// <summary>Where the model's loading, devices that cannot be used, and cut texts are reported.</summary>
    /// <value>The default is no logging. Texts are never logged.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Where logits are computed, for tests and benchmarks that compare the ways; null to choose by the device.</summary>
    internal DecoderPlace? DecoderPlace { get; set; }

    /// <summary>Whether the screen of small integers may be used, for the same.</summary>
    internal bool Screen { get; set; } = true;

    /// <exception cref="ArgumentException">No folder was set.</exception>
    internal void RequireModelFolder(string parameter)
    {
        if (ModelFolder.Length == 0)
        {
            throw new ArgumentException($"{nameof(ModelFolder)} is not set. Set it to the folder of a model.", parameter);
        }
    }

    /// <summary>Options of their own for whoever loads the model: what is set on these later has no effect there.</summary>
    internal EncoderOptions Copy() => (EncoderOptions)MemberwiseClone();

    internal EncoderSettings ToSettings(TransformerFolder files, ILogger logger)
    {
        TokenLimit.Require(MaxTokens, files.MaxTokens, "options");
        WorkerPlan workers = WorkerPlan.For(Environment.ProcessorCount, Threads, ConcurrentRuns);
        return new EncoderSettings(MaxTokens ?? files.MaxTokens, files.PadTokenId, SpecialTokensInText, workers, logger)
        {
            Devices = new DeviceSelection(ExecutionProvider, DeviceIds),
            RunsOnDevice = ConcurrentRuns ?? WorkerPlan.LeastRuns,
            Place = DecoderPlace,
            Screen = Screen,
        };
    }
}
