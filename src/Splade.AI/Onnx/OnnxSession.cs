using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>A session of ONNX Runtime on one file: batches in, one output tensor out, cancellable while it runs.</summary>
/// <remarks>Safe for concurrent runs: the session is, and nothing else here changes after construction.</remarks>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _output;

    private OnnxSession(InferenceSession session, string output)
    {
        _session = session;
        _inputs = [.. session.InputNames];
        _output = [output];
        Output = output;
    }

    /// <summary>The name of the output with a row for each token.</summary>
    public string Output { get; }

    /// <summary>How many numbers each token has, as far as the file says so; null where it leaves that open.</summary>
    public int? DeclaredWidth => _session.OutputMetadata[Output].Dimensions[^1] is int width and > 0 ? width : null;

    /// <exception cref="SpladeModelException">The file cannot be loaded, wants other inputs than a batch has, or gives no row for each token.</exception>
    public static OnnxSession Open(string path, int threads)
    {
        InferenceSession session = Load(path, threads);
        try
        {
            ModelSignature.CheckInputs(session, path);
            return new OnnxSession(session, ModelSignature.FindTokenOutput(session, path));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch. The caller disposes the result; its first value has the shape <c>[rows, length, numbers for each token]</c>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="OnnxRuntimeException">The model fails on the batch.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(TokenBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OrtValue[] values = Array.ConvertAll(
            _inputs, name => OrtValue.CreateTensorValueFromMemory(ModelSignature.InputFor(name, batch), [batch.Rows, batch.Length]));
        using var run = new RunOptions();
        using CancellationTokenRegistration cancellation = cancellationToken.UnsafeRegister(state => ((RunOptions)state!).Terminate = true, run);
        try
        {
            return _session.Run(run, _inputs, values, _output);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            Array.ForEach(values, v => v.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();

    private static InferenceSession Load(string path, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Waiting threads sleep: spinning ones take a core from tokenizing, pooling and the rest of the process.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new SpladeModelException($"ONNX Runtime cannot load the file. Copy it again from its origin, or export it again. {e.Message}", path, e);
        }
    }
}
