using Microsoft.ML.OnnxRuntime;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Outputs;

/// <summary>Runs a batch once and hands each text's share of the outputs to an arithmetic.</summary>
internal static class OutputsReading
{
    /// <inheritdoc cref="OutputsModel{T}.Run"/>
    public static T[] Run<T>(
        OnnxSessions sessions,
        IReadOnlyList<ReadOutput> outputs,
        TextArithmetic<T> arithmetic,
        TokenBatch batch,
        RunLoad load,
        CancellationToken cancellationToken)
    {
        return sessions.Run(batch, load, Read, cancellationToken);

        T[] Read(IReadOnlyList<OrtValue> given)
        {
            var results = new T[batch.Rows];
            for (int text = 0; text < results.Length; text++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                results[text] = arithmetic(new TextOutputs(outputs, given, batch, text, sessions.NotFinite));
            }

            return results;
        }
    }
}
