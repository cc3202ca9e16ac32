using Microsoft.ML.OnnxRuntime;

namespace Splade.AI.Onnx;

/// <summary>Starts ONNX Runtime: the only way to it, so that nothing of it runs before its telemetry is turned off.</summary>
internal static class OnnxRuntimeStart
{
    private static readonly Lazy<OrtEnv> Started = new(Start);

    private static readonly Lazy<Task> Begun = new(BeginOnce);

    /// <summary>Begins on the thread pool while the files of a model are read, which it needs nothing of. Who opens a session waits for it.</summary>
    public static void Begin() => _ = Begun.Value;

    /// <summary>Starts it, once in a process. Whatever of ONNX Runtime is made first, an object of options even, is made after this.</summary>
    /// <exception cref="TypeInitializationException">The native library is missing.</exception>
    public static OrtEnv Ensure() => Started.Value;

    // A process that ends while the native library starts may crash in it: one whose model is refused at once does end so soon.
    private static Task BeginOnce()
    {
        var start = Task.Run(() =>
        {
            try
            {
                Ensure();
            }
            catch (TypeInitializationException)
            {
                // The native library is missing: opening the session meets the same exception, and says what to do.
            }
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ((IAsyncResult)start).AsyncWaitHandle.WaitOne();
        return start;
    }

    private static OrtEnv Start()
    {
        bool isOff = OnnxRuntimeTelemetry.TurnOff();
        OrtEnv environment = OrtEnv.Instance();
        if (isOff)
        {
            // What it gives to Windows' tracing does not hang on the variable.
            environment.DisableTelemetryEvents();
        }

        return environment;
    }
}
