using Microsoft.ML.OnnxRuntime;

namespace Splade.Benchmarks.Encoding;

/// <summary>What a model gave for a batch: shape <c>[texts, tokens, vocabulary]</c>. The memory belongs to ONNX Runtime until it is disposed.</summary>
internal sealed class RawLogits(PaddedBatch batch, IDisposableReadOnlyCollection<OrtValue> outputs) : IDisposable
{
    public PaddedBatch Batch => batch;

    public ReadOnlySpan<float> Numbers => outputs[0].GetTensorDataAsSpan<float>();

    /// <summary>The size of the vocabulary.</summary>
    public int Width => Numbers.Length / (batch.Rows * batch.Length);

    public void Dispose() => outputs.Dispose();
}
