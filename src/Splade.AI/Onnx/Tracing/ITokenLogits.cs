using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Tracing;

/// <summary>Reads what each token of a text says of some vocabulary entries from what a run gave.</summary>
internal interface ITokenLogits
{
    /// <param name="outputs">The outputs of the run.</param>
    /// <param name="batch">The batch that was run.</param>
    /// <param name="text">The position of the text in the batch.</param>
    /// <param name="entries">At least one entry, and at most <see cref="Decoding.IEntryDecoder.MaxEntries"/>.</param>
    /// <param name="logits">Shape <c>[tokens, entries]</c>: receives the logits of the text's tokens, never of padding.</param>
    void Read(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, ReadOnlySpan<int> entries, Span<float> logits);
}
