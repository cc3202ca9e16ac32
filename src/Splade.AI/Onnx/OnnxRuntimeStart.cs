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

    /// <summary>Why it cannot be started; null if it can.</summary>
    public static string? FindObstacle()
    {
        try
        {
            Ensure();
            return null;
        }
        catch (TypeInitializationException e)
        {
            return Missing(e.InnerException ?? e);
        }
    }

    /// <summary>What to say where the native library cannot be loaded.</summary>
    public static string Missing(Exception cause) =>
        "ONNX Runtime's native library cannot be loaded. Add a reference to the package Microsoft.ML.OnnxRuntime (or Microsoft.ML.OnnxRuntime.Gpu) "
        + $"to the application, of the version that Splade.AI was built with. {cause.Message}";

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
