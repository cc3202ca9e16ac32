using Microsoft.Extensions.Logging;

namespace Splade.AI.Onnx;

/// <summary>How a <see cref="TextEncoder{TVector}"/> works, whatever it makes of a row.</summary>
/// <param name="MaxTokens">The most tokens of a text that are read unless a call says otherwise, special tokens included.</param>
/// <param name="PadTokenId">The id that fills the rows of shorter texts.</param>
/// <param name="SpecialTokensInText">Whether a special token's text inside a user's text becomes that token.</param>
/// <param name="Threads">How many threads one run uses.</param>
/// <param name="ConcurrentRuns">How many runs go on at a time, over all calls. It bounds the memory of concurrent callers.</param>
/// <param name="Logger">Where cut texts are reported.</param>
internal sealed record EncoderSettings(int MaxTokens, int PadTokenId, bool SpecialTokensInText, int Threads, int ConcurrentRuns, ILogger Logger)
{
    /// <summary>
    /// A batch of several texts holds at most this many tokens, padding included; a longer text is a batch of its own. The output of a
    /// run is that many rows of the vocabulary's size, 62.5 MB for 512 rows of 30,522 numbers, however many texts a call has; a larger
    /// batch is no faster, because writing that output is the work.
    /// </summary>
    public const int TokenBudget = 512;

    /// <summary>Texts of a call that are tokenized before they are run: enough to find neighbours of equal length among them.</summary>
    public const int Window = 1024;
}
