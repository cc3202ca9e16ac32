using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx.Tracing;
using Splade.AI.Pooling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Rows that the graph gave, for each token or for each text, or as indices and weights.</summary>
/// <param name="contract">What the outputs hold.</param>
/// <param name="reduction">How rows of tokens become one.</param>
internal sealed class GraphRows(OutputContract contract, TokenReduction reduction) : IRowSource
{
    public ITokenLogits? Tokens { get; } = contract == OutputContract.TokenRows && reduction.IsSparse ? new GraphLogits() : null;

    public void Read(IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, Span<float> row, int threads)
    {
        switch (contract)
        {
            case OutputContract.TokenRows:
                long start = (long)text * batch.Length * row.Length;
                TokenReducer.Reduce(reduction, Slice(outputs[0], start, batch.Lengths[text] * row.Length), row);
                break;
            case OutputContract.TextRows:
                Slice(outputs[0], (long)text * row.Length, row.Length).CopyTo(row);
                break;
            default:
                Scatter(outputs[0], outputs[1].GetTensorDataAsSpan<float>(), row);
                break;
        }
    }

    public void Dispose()
    {
        // What it reads belongs to the run.
    }

    private static ReadOnlySpan<float> Slice(OrtValue output, long start, int length) =>
        output.GetTensorDataAsSpan<float>().Slice(checked((int)start), length);

    private static void Scatter(OrtValue indices, ReadOnlySpan<float> weights, Span<float> row)
    {
        row.Clear();
        ReadOnlySpan<long> positions = indices.GetTensorDataAsSpan<long>();
        for (int i = 0; i < positions.Length; i++)
        {
            row[checked((int)positions[i])] = weights[i];
        }
    }
}
