using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>The outputs of a graph whose decoder was cut off.</summary>
internal static class HiddenOutput
{
    /// <summary>The hidden states of a text's tokens, shape <c>[tokens, width]</c>, without those of padding.</summary>
    public static ReadOnlySpan<float> Of(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, int width) =>
        outputs[0].GetTensorDataAsSpan<float>().Slice(text * batch.Length * width, batch.Lengths[text] * width);
}
