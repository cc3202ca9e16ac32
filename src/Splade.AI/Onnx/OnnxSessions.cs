using Splade.AI.Onnx.Scheduling;

namespace Splade.AI.Onnx;

/// <summary>A model's sessions: one whose runs take all processors, for a run that is alone, and one whose runs leave them to each other.</summary>
/// <remarks>
/// Threads belong to a session in ONNX Runtime, not to a run. The second session is opened when the first run comes that is one of several;
/// the weights of both are one mapping of the model's file, apart from those that ONNX Runtime puts into an order of its own.
/// </remarks>
internal sealed class OnnxSessions : IDisposable
{
    private readonly Lazy<OnnxSession> _busy;

    /// <param name="source">What is opened.</param>
    /// <param name="loneThreads">The threads of a run that is alone.</param>
    /// <param name="busyThreads">The threads of a run that is one of several.</param>
    /// <param name="device">Where it runs.</param>
    public OnnxSessions(OnnxSource source, int loneThreads, int busyThreads, OnnxDevice device)
    {
        Lone = OnnxSession.Open(source, loneThreads, device);
        _busy = new Lazy<OnnxSession>(() => loneThreads == busyThreads ? Lone : OnnxSession.Open(source, busyThreads, device));
    }

    /// <summary>The session for a run that is alone.</summary>
    public OnnxSession Lone { get; }

    public OnnxSession For(RunLoad load) => load == RunLoad.Lone ? Lone : _busy.Value;

    public void Dispose()
    {
        if (_busy is { IsValueCreated: true, Value: OnnxSession busy } && busy != Lone)
        {
            busy.Dispose();
        }

        Lone.Dispose();
    }
}
