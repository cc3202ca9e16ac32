using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>One ONNX file, loaded and tried out: takes a batch of tokens, gives one row of numbers per text.</summary>
/// <remarks>Safe for concurrent runs.</remarks>
internal sealed class OnnxModel : IDisposable
{
    private readonly OnnxSession _session;
    private readonly TokenReduction _reduction;

    private OnnxModel(OnnxSession session, TokenReduction reduction, int width)
    {
        _session = session;
        _reduction = reduction;
        Width = width;
    }

    /// <summary>The length of a row: the last dimension of the model's output.</summary>
    public int Width { get; }

    /// <summary>
    /// Whether a text's row is the same in any batch. It is not where a model quantises its activations while it runs: their range is
    /// taken over the whole batch, so each text moves the others. Such a model gets one text at a time.
    /// </summary>
    public bool BatchInvariant { get; private init; }

    /// <summary>Loads a model whose output has one row for each token.</summary>
    /// <param name="path">The ONNX file. Its external data, if any, lies beside it.</param>
    /// <param name="width">The expected length of an output row; null to take what the model has.</param>
    /// <param name="reduction">How the rows of a text's tokens become one.</param>
    /// <param name="threads">How many threads one run uses.</param>
    /// <param name="tokenizer">Makes two small texts that are run once, to see what the file leaves open.</param>
    /// <exception cref="SpladeModelException">The file cannot be loaded, wants other inputs, gives another output, or fails.</exception>
    public static OnnxModel Load(string path, int? width, TokenReduction reduction, int threads, Tokenizer tokenizer)
    {
        OnnxSession session = OnnxSession.Open(path, threads);
        try
        {
            TokenizedText probe = tokenizer.Encode("probe");
            TokenizedText longer = tokenizer.Encode("A longer text: 17 words, \"quoted\" or not, that sits beside the first one in a batch!");
            RequireWidth(session.DeclaredWidth, width, session.Output, path);
            int found = FindWidth(session, new TokenBatch([probe], padTokenId: 0), path);
            RequireWidth(found, width, session.Output, path);
            return new OnnxModel(session, reduction, found) { BatchInvariant = IsBatchInvariant(new OnnxModel(session, reduction, found), probe, longer) };
        }
        catch (OnnxRuntimeException e)
        {
            session.Dispose();
            throw new SpladeModelException($"The model fails on a small text. Export it again with a dynamic batch and length. {e.Message}", path, e);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch and makes a vector for each of its texts, from a row of <see cref="Width"/> numbers each.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    public TVector[] Run<TVector>(TokenBatch batch, RowPooling<TVector> pool, CancellationToken cancellationToken)
    {
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(batch, cancellationToken);
        ReadOnlySpan<float> tokens = results[0].GetTensorDataAsSpan<float>();
        float[] buffer = ArrayPool<float>.Shared.Rent(Width);
        try
        {
            Span<float> reduced = buffer.AsSpan(0, Width);
            var vectors = new TVector[batch.Rows];
            for (int row = 0; row < vectors.Length; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TokenReducer.Reduce(_reduction, tokens.Slice(row * batch.Length * Width, batch.Lengths[row] * Width), reduced);
                vectors[row] = pool(reduced);
            }

            return vectors;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _session.Dispose();

    // Asked before the first run too: with a tokenizer of another model that run would fail for a less telling reason.
    private static void RequireWidth(int? found, int? expected, string output, string path)
    {
        if (found is not null && expected is not null && found != expected)
        {
            throw new SpladeModelException(
                $"Output '{output}' has rows of {found} numbers, expected {expected}, one for each entry of the tokenizer's vocabulary. Either "
                + "tokenizer.json belongs to another model, or this is an export for feature extraction: export the model for the task fill-mask.",
                path);
        }
    }

    private static int FindWidth(OnnxSession session, TokenBatch batch, string path)
    {
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(batch, CancellationToken.None);
        long[] shape = results[0].GetTensorTypeAndShape().Shape;
        return shape is [long rows, long length, long width] && rows == batch.Rows && length == batch.Length
            ? (int)width
            : throw new SpladeModelException(
                $"Output '{session.Output}' has the shape [{string.Join(", ", shape)}] for {batch.Rows} text of {batch.Length} tokens, "
                + $"expected [{batch.Rows}, {batch.Length}, numbers for each token].", path);
    }

    // Rounding moves the last digits of a float; quantisation moves the second or third.
    private static bool IsBatchInvariant(OnnxModel model, TokenizedText probe, TokenizedText longer)
    {
        const float Rounding = 1e-3f;
        float[] alone = model.Run(new TokenBatch([probe], padTokenId: 0), row => row.ToArray(), CancellationToken.None)[0];
        float[] together = model.Run(new TokenBatch([probe, longer], padTokenId: 0), row => row.ToArray(), CancellationToken.None)[0];
        float largest = alone.Max(MathF.Abs);
        return alone.Zip(together).All(pair => MathF.Abs(pair.First - pair.Second) <= Rounding * largest);
    }
}
