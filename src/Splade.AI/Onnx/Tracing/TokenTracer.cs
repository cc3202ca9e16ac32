using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Decoding;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Tracing;

/// <summary>Runs a text and finds, for some vocabulary entries, the tokens that give them most.</summary>
/// <remarks>
/// Safe for concurrent runs. Besides what the run gives it holds the logits of <see cref="IEntryDecoder.MaxEntries"/> entries for each token,
/// whatever the size of the vocabulary.
/// </remarks>
/// <param name="sessions">The model.</param>
/// <param name="logits">Reads logits from its outputs.</param>
internal sealed class TokenTracer(OnnxSessions sessions, ITokenLogits logits)
{
    /// <param name="text">A batch of one text.</param>
    /// <param name="select">From the outputs of the run: a result of the caller's, and the entries to find tokens for.</param>
    /// <param name="settings">What is told of each entry.</param>
    /// <param name="load">Whether the run is alone, and may take all threads.</param>
    /// <param name="cancellationToken">Observed before, in and after the run.</param>
    /// <returns>The caller's result, and what is told of each entry; no tokens, if none has a logit above 0.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text, or gave a number that is not finite.</exception>
    public (TResult Result, TracedEntry[] Traced) Trace<TResult>(
        TokenBatch text,
        Func<IReadOnlyList<OrtValue>, (TResult Result, int[] Entries)> select,
        TraceSettings settings,
        RunLoad load,
        CancellationToken cancellationToken) => sessions.Run(text, load, outputs =>
        {
            (TResult result, int[] entries) = select(outputs);
            return (result, Find(outputs, text, entries, settings, cancellationToken));
        }, cancellationToken);

    private TracedEntry[] Find(
        IReadOnlyList<OrtValue> outputs, TokenBatch text, int[] entries, TraceSettings settings, CancellationToken cancellationToken)
    {
        int tokens = text.Lengths[0];
        var found = new TracedEntry[entries.Length];
        var best = new (int Position, float Logit)[Math.Min(settings.MostTokens, tokens)];
        float[] buffer = ArrayPool<float>.Shared.Rent(tokens * IEntryDecoder.MaxEntries);
        try
        {
            for (int start = 0; start < entries.Length; start += IEntryDecoder.MaxEntries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<int> part = entries.AsSpan(start, Math.Min(IEntryDecoder.MaxEntries, entries.Length - start));
                Span<float> read = buffer.AsSpan(0, tokens * part.Length);
                logits.Read(outputs, text, 0, part, read);
                RequireNumbers(read);
                for (int i = 0; i < part.Length; i++)
                {
                    ReadOnlySpan<float> entry = read[i..];
                    TokenActivation[] strongest = Strongest(entry, part.Length, best).Activate(settings.Activate);
                    float weight = settings.AddsUp ? Sum(entry, part.Length, settings.Activate) : strongest.FirstOrDefault().Activation;
                    found[start + i] = new TracedEntry(weight, strongest);
                }
            }

            return found;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    // The logits of one entry stand a row apart.
    private static StrongestTokens Strongest(ReadOnlySpan<float> read, int rowLength, Span<(int Position, float Logit)> best)
    {
        var strongest = new StrongestTokens(best);
        for (int token = 0, at = 0; at < read.Length; token++, at += rowLength)
        {
            strongest.Add(token, read[at]);
        }

        return strongest;
    }

    private static float Sum(ReadOnlySpan<float> read, int rowLength, Func<float, float> activate)
    {
        double sum = 0;
        for (int at = 0; at < read.Length; at += rowLength)
        {
            sum += read[at] > 0 ? activate(read[at]) : 0;
        }

        return (float)sum;
    }

    private void RequireNumbers(ReadOnlySpan<float> read)
    {
        float largest = TensorPrimitives.Max(read);
        if (float.IsNaN(largest) || float.IsPositiveInfinity(largest))
        {
            throw sessions.NotFinite(largest);
        }
    }
}
