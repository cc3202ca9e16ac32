using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>One ONNX file, loaded and tried out: takes a batch of tokens, gives one row of numbers per text.</summary>
/// <remarks>Safe for concurrent runs.</remarks>
internal sealed class OnnxModel : IDisposable
{
    private readonly OnnxSession _session;
    private readonly string _path;
    private readonly TokenReduction _reduction;

    private OnnxModel(OnnxSession session, string path, TokenReduction reduction, int width)
    {
        _session = session;
        _path = path;
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
    /// <param name="settings">How it will be run.</param>
    /// <param name="tokenizer">Makes the small texts.</param>
    /// <param name="device">Where it will be run.</param>
    /// <exception cref="SpladeModelException">The file cannot be loaded, wants other inputs, gives another output, or fails.</exception>
    public static OnnxModel Load(string path, int? width, TokenReduction reduction, EncoderSettings settings, Tokenizer tokenizer, OnnxDevice device = default)
    {
        OnnxSession session = OnnxSession.Open(path, settings.Workers.Threads, device);
        try
        {
            var probe = new ModelProbe(session, tokenizer, settings, path);
            int found = probe.FindWidth(width, sparse: reduction is not (TokenReduction.Mean or TokenReduction.First));
            var untried = new OnnxModel(session, path, reduction, found) { Probe = default };
            return new OnnxModel(session, path, reduction, found) { Probe = probe.Run(untried) };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch and makes a vector for each of its texts, from a row of <see cref="Width"/> numbers each.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="pool">Makes a vector of a row.</param>
    /// <param name="load">Whether the run is alone, and may take all threads.</param>
    /// <param name="cancellationToken">Observed before, in and after the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="SpladeModelException">The model failed on the batch, or gave a number that is not finite.</exception>
    public TVector[] Run<TVector>(TokenBatch batch, RowPooling<TVector> pool, RunLoad load, CancellationToken cancellationToken)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(Width);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(batch, cancellationToken);
            Span<float> row = buffer.AsSpan(0, Width);
            var vectors = new TVector[batch.Rows];
            for (int text = 0; text < vectors.Length; text++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RowReader.Read(outputs, Contract, _reduction, batch, text, row);
                RequireFinite(row);
                vectors[text] = pool(row);
            }

            return vectors;
        }
        catch (Exception e) when (e is OnnxRuntimeException or IndexOutOfRangeException)
        {
            // Out of range: indices that the model gave.
            throw new SpladeModelException(
                $"The model fails on {batch.Rows} texts of up to {batch.Length} tokens. If it reads fewer tokens than its files say, set MaxTokens; "
                + $"otherwise export it again with a dynamic batch and length. {e.Message}", _path, e);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _session.Dispose();

    // The largest magnitude is NaN where any number is.
    private void RequireFinite(ReadOnlySpan<float> row)
    {
        float largest = TensorPrimitives.MaxMagnitude(row);
        if (!float.IsFinite(largest))
        {
            throw new SpladeModelException($"The model gave {largest}, expected finite numbers. The file is damaged, or its precision too low.", _path);
        }
    }
}
