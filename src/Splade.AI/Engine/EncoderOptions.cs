using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Onnx;

namespace Splade.AI;

/// <summary>
/// Provides the options of how a model is loaded and run that <see cref="SpladeEngineOptions"/> and <see cref="DenseEmbeddingGeneratorOptions"/> share.
/// </summary>
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

    /// <summary>Gets or sets the model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</summary>
    /// <remarks>
    /// The model's files may be read as long as the engine lives, from where they lie: do not write into them or cut them short meanwhile. To replace
    /// one, put another file in its place (delete or rename), and load that with a new engine.
    /// </remarks>
    /// <value>
    /// There is no default: without it nothing is loaded. It is empty as long as it was not set. With a <see cref="Hub"/> it may also be a model's
    /// name, <c>owner/name</c>.
    /// </value>
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

    /// <summary>Gets or sets the hub where a <see cref="ModelFolder"/> that is no folder, but a model's name, is found when the model is loaded.</summary>
    /// <remarks>
    /// <c>new SpladeModelHub()</c> looks in the cache on this machine only. One whose <see cref="SpladeModelHubOptions.Download"/> is
    /// <see langword="true"/> fetches what the cache lacks. It takes the branch <c>main</c>: for another revision give the folder that
    /// <see cref="SpladeModelHub.ResolveAsync"/> returns.
    /// </remarks>
    /// <value>The default is null: only folders are loaded.</value>
    public SpladeModelHub? Hub { get; set; }

    /// <summary>Gets or sets how texts are encoded where a call does not say, for example <c>options.Encoding.MaxTokens = 128</c>.</summary>
    /// <value>The default leaves everything open, to the model. What the model does not have is refused when it is loaded.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public SpladeEncodingOptions Encoding
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Encoding));
    } = new();

    /// <summary>
    /// Gets or sets which file of the folder to load, by its path in the transformer's folder: an ONNX file such as <c>onnx/model_O3.onnx</c>, or weights that
    /// a graph is written for, <c>model.safetensors</c> or <c>pytorch_model.bin</c>, or the index of several.
    /// </summary>
    /// <value>
    /// The default is null: <c>onnx/model.onnx</c>, else <c>model.onnx</c>, else the only ONNX file there is, else the weights, those of safetensors first.
    /// </value>
    public string? ModelFile { get; set; }

    /// <summary>Gets or sets a value indicating whether the text of a special token (such as <c>[SEP]</c>) inside a user's text becomes that token.</summary>
    /// <value>The default is true, as Hugging Face does it. Set it to false for texts that you do not trust; it holds for prompts too.</value>
    public bool SpecialTokensInText { get; set; } = true;

    /// <summary>Gets or sets where the model's loading, devices that cannot be used, and cut texts are reported.</summary>
    /// <value>The default is no logging. Texts are never logged.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>What was given as the folder, where a host has made a full path of it; for messages.</summary>
    internal string? GivenFolder { get; set; }

    /// <summary>Where logits are computed, for tests and benchmarks that compare the ways; null to choose by the device.</summary>
    internal DecoderPlace? DecoderPlace { get; set; }

    /// <summary>Whether the screen of small integers may be used, for the same.</summary>
    internal bool Screen { get; set; } = true;

    /// <summary>Whether a cascade before the screen may be learnt, for the same.</summary>
    internal bool Cascade { get; set; } = true;

    /// <summary>A copy of the same type, whose encoding is a copy too.</summary>
    private protected EncoderOptions CloneCore()
    {
        var copy = (EncoderOptions)MemberwiseClone();
        copy.Encoding = Encoding.Clone();
        return copy;
    }

    /// <summary>Options of another kind of model with all that kinds have in common.</summary>
    internal TOptions ToKind<TOptions>()
        where TOptions : EncoderOptions, new()
    {
        return new TOptions
        {
            ModelFolder = ModelFolder,
            Hub = Hub,
            Encoding = Encoding.Clone(),
            ModelFile = ModelFile,
            SpecialTokensInText = SpecialTokensInText,
            LoggerFactory = LoggerFactory,
            ExecutionProvider = ExecutionProvider,
            DeviceIds = DeviceIds,
            Threads = Threads,
            ConcurrentRuns = ConcurrentRuns,
            GivenFolder = GivenFolder,
            DecoderPlace = DecoderPlace,
            Screen = Screen,
            Cascade = Cascade,
        };
    }

    /// <exception cref="ArgumentException">No folder was set.</exception>
    internal void RequireModelFolder(string parameter)
    {
        if (ModelFolder.Length == 0)
        {
            throw new ArgumentException($"{nameof(ModelFolder)} is not set. Set it to the folder of a model.", parameter);
        }
    }

    /// <summary>Options of their own for whoever loads the model, with its folder: what is set on these later has no effect there.</summary>
    /// <exception cref="SpladeModelException">The hub does not have the model, or may not download it.</exception>
    internal async Task<EncoderOptions> ResolveAsync(CancellationToken cancellationToken)
    {
        EncoderOptions own = CloneCore();
        if (Hub is not null)
        {
            (own.ModelFolder, own.ModelFile) = await Hub.ResolveFileAsync(ModelFolder, ModelFile, cancellationToken).ConfigureAwait(false);
        }

        return own;
    }

    internal OnnxSettings ToSettings(TransformerFolder files, ILogger logger)
    {
        TokenLimit.Require(Encoding.MaxTokens, files.MaxTokens, "options");
        WorkerPlan workers = WorkerPlan.For(Environment.ProcessorCount, Threads, ConcurrentRuns);
        return new OnnxSettings(Encoding.MaxTokens ?? files.MaxTokens, files.PadTokenId, SpecialTokensInText, workers, logger)
        {
            Devices = new DeviceSelection(ExecutionProvider, DeviceIds),
            RunsOnDevice = ConcurrentRuns ?? WorkerPlan.LeastRuns,
            Place = DecoderPlace,
            Screen = Screen,
            Cascade = Cascade,
        };
    }
}
