using Microsoft.ML.OnnxRuntime;

namespace Splade.AI.Onnx;

/// <summary>Starts ONNX Runtime while the files of a model are read, which it needs nothing of.</summary>
internal static class OnnxRuntimeStart
{
    /// <summary>Begins on the thread pool, once in a process. Who opens a session waits for it.</summary>
    public static void Begin() => ThreadPool.UnsafeQueueUserWorkItem(
        _ =>
        {
            try
            {
                OrtEnv.Instance();
            }
            catch (TypeInitializationException)
            {
                // The native library is missing: opening the session meets the same exception, and says what to do.
            }
        },
        null);
}
