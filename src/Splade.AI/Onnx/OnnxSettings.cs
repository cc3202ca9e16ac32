using Microsoft.Extensions.Logging;
using Splade.AI.TextEncoding;

namespace Splade.AI.Onnx;

/// <summary>How a model is run, beside how its texts are read.</summary>
/// <param name="MaxTokens">As <see cref="EncoderSettings"/> has it.</param>
/// <param name="PadTokenId">The same.</param>
/// <param name="SpecialTokensInText">The same.</param>
/// <param name="Workers">
/// How many runs go on at a time on the processors, over all calls, and their threads. It bounds the memory of concurrent callers.
/// </param>
/// <param name="Logger">As <see cref="EncoderSettings"/> has it.</param>
internal sealed record OnnxSettings(int MaxTokens, int PadTokenId, bool SpecialTokensInText, WorkerPlan Workers, ILogger Logger)
    : EncoderSettings(MaxTokens, PadTokenId, SpecialTokensInText, Logger)
{
    /// <summary>
    /// A batch of several texts holds at most this many tokens, padding included; a longer text is a batch of its own. Larger batches are no
    /// faster on processors: what is computed between two layers no longer fits their caches.
    /// </summary>
    public const int TokenBudget = 2048;

    /// <summary>
    /// The same on a graphics card, 40 documents of 200 tokens: the logits of a tile of 1,024 columns take 32 MB there, and scores of attention 400 MB at most in a
    /// model of 12 heads.
    /// </summary>
    public const int TokensOnDevice = 8192;

    /// <summary>The same for a graph that pools by itself, of which nobody knows how much memory it takes: perhaps the logits of all tokens.</summary>
    public const int TokensInUnknownGraph = 512;

    /// <summary>Where logits are computed; null to choose by the device.</summary>
    public DecoderPlace? Place { get; init; }

    /// <summary>Where logits are computed on a device.</summary>
    public DecoderPlace PlaceOn(OnnxDevice device) => Place ?? DecoderPlaces.For(device);

    /// <summary>How the model's products are computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether the screen of small integers may be used.</summary>
    public bool Screen { get; init; } = true;

    /// <summary>Whether a cascade before the screen may be learnt.</summary>
    public bool Cascade { get; init; } = true;

    /// <summary>What the model runs on.</summary>
    public DeviceSelection Devices { get; init; } = new(ExecutionProvider.Cpu, [0]);

    /// <summary>How many runs go on at a time on a device of its own, such as a graphics card.</summary>
    public int RunsOnDevice { get; init; } = WorkerPlan.LeastRuns;
}
