using Microsoft.Extensions.Logging;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>How a <see cref="TextEncoder{TVector}"/> works, whatever it makes of a row.</summary>
/// <param name="MaxTokens">The most tokens of a text that are read unless a call says otherwise, special tokens included.</param>
/// <param name="PadTokenId">The id that fills the rows of shorter texts.</param>
/// <param name="SpecialTokensInText">Whether a special token's text inside a user's text becomes that token.</param>
/// <param name="Workers">
/// How many runs go on at a time on the processors, over all calls, and their threads. It bounds the memory of concurrent callers.
/// </param>
/// <param name="Logger">Where cut texts and failing devices are reported.</param>
internal sealed record EncoderSettings(int MaxTokens, int PadTokenId, bool SpecialTokensInText, WorkerPlan Workers, ILogger Logger)
{
    /// <summary>
    /// A batch of several texts holds at most this many tokens, padding included; a longer text is a batch of its own. Larger batches are no
    /// faster on processors: what is computed between two layers no longer fits their caches.
    /// </summary>
    public const int TokenBudget = 2048;

    /// <summary>The same for a graph that pools by itself, of which nobody knows how much memory it takes: perhaps the logits of all tokens.</summary>
    public const int TokensInUnknownGraph = 512;

    /// <summary>The model's name, for whoever collects metrics.</summary>
    public string Model { get; init; } = "";

    /// <summary>Where logits are computed; null to choose by the device.</summary>
    public DecoderPlace? Place { get; init; }

    /// <summary>Where logits are computed on a device.</summary>
    public DecoderPlace PlaceOn(OnnxDevice device) => Place ?? DecoderPlaces.For(device);

    /// <summary>How the model's products are computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether the screen of small integers may be used.</summary>
    public bool Screen { get; init; } = true;

    /// <summary>Whether of a text with more tokens than are read the first are cut off, not the last.</summary>
    public bool TruncatesLeft { get; init; }

    /// <summary>How texts are tokenized, up to the limit that holds where a call does not say.</summary>
    public TokenizationOptions Tokenization => new() { MaxTokens = MaxTokens, SpecialTokensInText = SpecialTokensInText, TruncatesLeft = TruncatesLeft };

    /// <summary>What the model runs on.</summary>
    public DeviceSelection Devices { get; init; } = new(ExecutionProvider.Cpu, [0]);

    /// <summary>How many runs go on at a time on a device of its own, such as a graphics card.</summary>
    public int RunsOnDevice { get; init; } = WorkerPlan.LeastRuns;
}
