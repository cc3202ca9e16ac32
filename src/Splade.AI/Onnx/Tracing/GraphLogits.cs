using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Tracing;

/// <summary>Logits that the graph gave for each token.</summary>
internal sealed class GraphLogits : ITokenLogits
{
    public void Read(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, ReadOnlySpan<int> entries, Span<float> logits)
    {
        ReadOnlySpan<float> all = outputs[0].GetTensorDataAsSpan<float>();
        int width = all.Length / batch.Rows / batch.Length;
        for (int token = 0; token < batch.Lengths[text]; token++)
        {
            ReadOnlySpan<float> row = all.Slice(((text * batch.Length) + token) * width, width);
            for (int i = 0; i < entries.Length; i++)
            {
                logits[(token * entries.Length) + i] = row[entries[i]];
            }
        }
    }
}
