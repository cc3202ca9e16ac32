using Microsoft.ML.OnnxRuntime;
using Splade.AI.Decoding;
using Splade.AI.Onnx.Tracing;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Rows that a decoder computes from the hidden states that a run gave.</summary>
internal sealed class DecodedRows(IVocabularyDecoder decoder, int hiddenSize) : IRowSource
{
    /// <summary>Products of a query of 32 tokens with a small model: with fewer, waking a second thread takes what it saves.</summary>
    private const long WorthSharing = 1 << 27;

    public ITokenLogits? Tokens { get; } = new DecodedLogits(decoder, hiddenSize);

    public void Read(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, Span<float> row, int threads)
    {
        var hidden = new HiddenStates(HiddenOutput.Of(outputs, batch, text, hiddenSize));
        if (hidden.AreFinite)
        {
            decoder.Decode(hidden, row, (long)hidden.Numbers.Length * row.Length < WorthSharing ? 1 : threads);
        }
        else
        {
            // What the graph's own decoder would have given.
            row.Fill(hidden.Largest);
        }
    }

    public void Dispose() => decoder.Dispose();
}
