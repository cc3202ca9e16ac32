using Microsoft.ML.OnnxRuntime;
using Splade.AI.Decoding;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Tracing;

/// <summary>Logits that a decoder computes from the hidden states that a run gave.</summary>
internal sealed class DecodedLogits(IEntryDecoder decoder, int hiddenSize) : ITokenLogits
{
    public void Read(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, ReadOnlySpan<int> entries, Span<float> logits) =>
        decoder.ReadLogits(HiddenOutput.Of(outputs, batch, text, hiddenSize), entries, logits);
}
