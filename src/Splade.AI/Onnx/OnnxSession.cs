using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>A session of ONNX Runtime on one file: batches in, output tensors out, cancellable while it runs.</summary>
/// <remarks>Safe for concurrent runs: the session is, and nothing else here changes after construction.</remarks>
internal sealed class OnnxSession : IDisposable
{
    /// <summary>Where a model that is loaded from memory has its big tensors.</summary>
    private const string InitializerFolder = "session.model_external_initializers_file_folder_path";

    private readonly InferenceSession _session;
    private readonly string[] _inputs;

    private OnnxSession(InferenceSession session, OutputSignature output)
    {
        _session = session;
        _inputs = [.. session.InputNames];
        Output = output;
    }

    /// <summary>What the model gives.</summary>
    public OutputSignature Output { get; }

    /// <exception cref="SpladeModelException">
    /// The file cannot be loaded, wants other inputs than a batch has, or gives nothing of use, or the device cannot be used.
    /// </exception>
    public static OnnxSession Open(OnnxSource source, int threads, OnnxDevice device = default)
    {
        source.RequireFiles();
        InferenceSession session = OpenFile(source, threads, device);
        try
        {
            source.Graph.RequireUnchanged();
            ModelSignature.CheckInputs(session, source.Path);
            OutputSignature output = source.Outputs is IReadOnlyList<string> names
                ? ModelSignature.NamedOutputs(session, names, source.Path)
                : ModelSignature.FindOutput(session, source.Path);
            return new OnnxSession(session, output);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch. The caller disposes the result, which has the outputs of <see cref="Output"/> in their order.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="OnnxRuntimeException">The model fails on the batch.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(TokenBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = new List<OrtValue>(_inputs.Length);
        using var run = new RunOptions();
        using CancellationTokenRegistration cancellation = cancellationToken.UnsafeRegister(state => ((RunOptions)state!).Terminate = true, run);
        try
        {
            foreach (string name in _inputs)
            {
                values.Add(OrtValue.CreateTensorValueFromMemory(ModelSignature.InputFor(name, batch), [batch.Rows, batch.Length]));
            }

            return _session.Run(run, _inputs, values, Output.Names);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            values.ForEach(v => v.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();

    private static InferenceSession OpenFile(OnnxSource source, int threads, OnnxDevice device)
    {
        string path = source.Path;
        try
        {
            OnnxRuntimeStart.Ensure();
            using SessionOptions options = CreateOptions(threads);
            if (device.CudaId is int id)
            {
                CudaSupport.Append(options, id, path);
            }
            else
            {
                // On processors the sum and the normalisation of its own are three times as fast as the two in one.
                options.AddSessionConfigEntry("optimization.disable_specified_optimizers", "SkipLayerNormFusion");
            }

            if (source.InMemory is not (byte[] model, string folder))
            {
                return new InferenceSession(path, options);
            }

            options.AddSessionConfigEntry(InitializerFolder, folder);
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException e) when (device.CudaId is not null)
        {
            throw new SpladeModelException(
                $"ONNX Runtime cannot load the file on {device}. Try it on the processors first (ExecutionProvider.Cpu): if that fails too, the file is "
                + $"damaged; if not, {CudaSupport.Needs} {e.Message}", path, e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new SpladeModelException($"ONNX Runtime cannot load the file. Copy it again from its origin, or export it again. {e.Message}", path, e);
        }
        catch (TypeInitializationException e) when (e.InnerException is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new SpladeModelException(OnnxRuntimeStart.Missing(e.InnerException), path, e);
        }
    }

    private static SessionOptions CreateOptions(int threads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,

            // What goes wrong comes as an exception; nothing is written to the host's standard error as well.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Waiting threads sleep: spinning ones take a core from tokenizing, pooling and the rest of the process.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
