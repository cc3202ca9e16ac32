using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Reads the row of one text from what a run gave, whatever the model's contract.</summary>
internal static class RowReader
{
    /// <param name="outputs">The outputs of the run.</param>
    /// <param name="contract">What they hold.</param>
    /// <param name="reduction">How rows of tokens become one.</param>
    /// <param name="batch">The batch that was run.</param>
    /// <param name="text">The position of the text in the batch.</param>
    /// <param name="row">Shape <c>[width]</c>: receives the row.</param>
    public static void Read(
        IReadOnlyList<OrtValue> outputs, OutputContract contract, TokenReduction reduction, TokenBatch batch, int text, Span<float> row)
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
