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

    /// <summary>The length of a row: the model's dimensions.</summary>
    public int Width { get; }

    /// <summary>What the model gives.</summary>
    public OutputContract Contract => _session.Output.Contract;

    /// <summary>What two small texts showed of the model.</summary>
    public required ProbeResult Probe { get; init; }

    /// <summary>Loads a model and runs two small texts, to see what the file leaves open.</summary>
    /// <param name="path">The ONNX file. Its external data, if any, lies beside it.</param>
    /// <param name="width">The expected length of a row; null to take what the model has.</param>
    /// <param name="reduction">How the rows of a text's tokens become one.</param>
    /// <param name="threads">How many threads one run uses.</param>
    /// <param name="tokenizer">Makes the small texts.</param>
    /// <exception cref="SpladeModelException">The file cannot be loaded, wants other inputs, gives another output, or fails.</exception>
    public static OnnxModel Load(string path, int? width, TokenReduction reduction, int threads, Tokenizer tokenizer)
    {
        OnnxSession session = OnnxSession.Open(path, threads);
        try
        {
            var probe = new ModelProbe(session, tokenizer, path);
            int found = probe.FindWidth(width);
            return new OnnxModel(session, reduction, found) { Probe = probe.Run(new OnnxModel(session, reduction, found) { Probe = default }) };
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
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(batch, cancellationToken);
        float[] buffer = ArrayPool<float>.Shared.Rent(Width);
        try
        {
            Span<float> row = buffer.AsSpan(0, Width);
            var vectors = new TVector[batch.Rows];
            for (int text = 0; text < vectors.Length; text++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RowReader.Read(outputs, Contract, _reduction, batch, text, row);
                vectors[text] = pool(row);
            }

            return vectors;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _session.Dispose();
}
