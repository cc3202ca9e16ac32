using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx.Tracing;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Makes one row of numbers for each text of what a run gave.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>What each token says of single entries; null where a run does not show that.</summary>
    ITokenLogits? Tokens { get; }

    /// <summary>Makes the row of one text.</summary>
    /// <param name="outputs">The outputs of the run.</param>
    /// <param name="batch">The batch that was run.</param>
    /// <param name="text">The position of the text in the batch.</param>
    /// <param name="row">Shape <c>[width]</c>: receives the row.</param>
    /// <param name="threads">How many threads may work on it.</param>
    void Read(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, Span<float> row, int threads);
}
