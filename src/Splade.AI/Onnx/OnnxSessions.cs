using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Files;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>A model's sessions: one whose runs take all processors, for a run that is alone, and one whose runs leave them to each other.</summary>
/// <remarks>
/// Threads belong to a session in ONNX Runtime, not to a run. The second session is opened when runs that are one of several have lost as much time on
/// the first one as opening it takes: a program that makes a few and ends does not pay for what it never gains by. The weights of both are one mapping of the
/// model's file, apart from those that ONNX Runtime puts into an order of its own. Where it cannot be opened, or a file has changed meanwhile, the first
/// session does its runs too, and that is reported.
/// </remarks>
internal sealed class OnnxSessions : IDisposable
{
    /// <summary>Runs that are one of several take an eighth longer on the first session, or so.</summary>
    private const int RunsWorthOpening = 8;

    private readonly OnnxSource _source;
    private readonly OnnxDevice _device;
    private readonly FileStamps _files;
    private readonly Action<string> _report;
    private readonly Lazy<OnnxSession> _busy;
    private readonly long _opening;
    private long _several;

    /// <param name="source">What is opened.</param>
    /// <param name="loneThreads">The threads of a run that is alone.</param>
    /// <param name="busyThreads">The threads of a run that is one of several.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="report">Told why there is no second session, if there should be one and is not.</param>
    public OnnxSessions(OnnxSource source, int loneThreads, int busyThreads, OnnxDevice device, Action<string> report)
    {
        _source = source;
        _device = device;
        _report = report;
        _files = new FileStamps(loneThreads == busyThreads ? [] : source.FindFiles());
        long start = Stopwatch.GetTimestamp();
        Lone = OnnxSession.Open(source, loneThreads, device);
        _opening = Stopwatch.GetTimestamp() - start;
        _busy = new Lazy<OnnxSession>(() => loneThreads == busyThreads ? Lone : OpenBusy(busyThreads));
    }

    /// <summary>The session for a run that is alone.</summary>
    public OnnxSession Lone { get; }

    /// <summary>The session for a run, whatever opening it costs.</summary>
    public OnnxSession For(RunLoad load) => load == RunLoad.Lone ? Lone : _busy.Value;

    /// <summary>Runs a batch and reads its outputs, which are gone afterwards.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="load">Whether the run is alone, and may take all threads.</param>
    /// <param name="read">Reads the outputs.</param>
    /// <param name="cancellationToken">Observed before and in the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="SpladeModelException">The model failed on the batch.</exception>
    public T Run<T>(TokenBatch batch, RunLoad load, Func<IReadOnlyList<OrtValue>, T> read, CancellationToken cancellationToken)
    {
        bool waits = load == RunLoad.Busy && Interlocked.Read(ref _several) < RunsWorthOpening * _opening;
        long start = Stopwatch.GetTimestamp();
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = For(waits ? RunLoad.Lone : load).Run(batch, cancellationToken);
            return read(outputs);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IndexOutOfRangeException)
        {
            // Out of range: indices that the model gave.
            throw new SpladeModelException(
                $"The model fails on {batch.Rows} texts of up to {batch.Length} tokens. If it reads fewer tokens than its files say, set MaxTokens; "
                + $"otherwise export it again with a dynamic batch and length. {e.Message}", _source.Path, e);
        }
        finally
        {
            if (waits)
            {
                Interlocked.Add(ref _several, Stopwatch.GetTimestamp() - start);
            }
        }
    }

    /// <summary>The error for a number that no model should give.</summary>
    public SpladeModelException NotFinite(float found) =>
        new($"The model gave {found}, expected finite numbers. The file is damaged, or its precision too low.", _source.Path);

    public void Dispose()
    {
        if (_busy is { IsValueCreated: true, Value: OnnxSession busy } && busy != Lone)
        {
            busy.Dispose();
        }

        Lone.Dispose();
    }

    // Throws nothing: what goes wrong here would fail every run that is one of several, for ever, though the model is at work.
    private OnnxSession OpenBusy(int threads)
    {
        OnnxSession? opened = null;
        string reason;
        try
        {
            opened = OnnxSession.Open(_source, threads, _device);
            if (_files.FindChanged() is not string changed)
            {
                return opened;
            }

            reason = $"{changed} is not the file any longer that the model was loaded from.";
        }
        catch (Exception e)
        {
            reason = e.Message;
        }

        opened?.Dispose();
        try
        {
            _report(reason);
        }
        catch (Exception)
        {
            // The host's logging fails: that is no reason to fail runs.
        }

        return Lone;
    }
}
