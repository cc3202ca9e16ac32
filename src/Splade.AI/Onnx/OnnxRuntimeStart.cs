using Microsoft.ML.OnnxRuntime;

namespace Splade.AI.Onnx;

/// <summary>Starts ONNX Runtime: the only way to it, so that nothing of it runs before its telemetry is turned off.</summary>
internal static class OnnxRuntimeStart
{
    private static readonly Lazy<OrtEnv> Started = new(Start);

    /// <summary>Begins on the thread pool while the files of a model are read, which it needs nothing of. Who opens a session waits for it.</summary>
    public static void Begin() => ThreadPool.UnsafeQueueUserWorkItem(
        _ =>
        {
            try
            {
                Ensure();
            }
            catch (TypeInitializationException)
            {
                // The native library is missing: opening the session meets the same exception, and says what to do.
            }
        },
        null);

    /// <summary>Starts it, once in a process. Whatever of ONNX Runtime is made first, an object of options even, is made after this.</summary>
    /// <exception cref="TypeInitializationException">The native library is missing.</exception>
    public static OrtEnv Ensure() => Started.Value;

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
