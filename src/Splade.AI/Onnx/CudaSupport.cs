using Microsoft.ML.OnnxRuntime;

namespace Splade.AI.Onnx;

/// <summary>CUDA through ONNX Runtime: asked for where its native library has it, refused with a remedy where not.</summary>
internal static class CudaSupport
{
    /// <summary>What a machine needs, as ONNX Runtime's packages have asked for since CUDA 12 was deprecated with version 1.27.</summary>
    public const string Needs =
        "CUDA needs an NVIDIA driver, CUDA 13 (12 for a package that was built for CUDA 12) and cuDNN 9, where the loader finds their libraries.";

    private const string Provider = "CUDAExecutionProvider";

    /// <summary>Asks for a CUDA device in the options of a session.</summary>
    /// <exception cref="SpladeModelException">The native library has no CUDA, or cannot load it.</exception>
    public static void Append(SessionOptions options, int deviceId, string path)
    {
        OrtEnv environment = OnnxRuntimeStart.Ensure();
        string version = environment.GetVersionString();
        string[] providers = environment.GetAvailableProviders();
        if (!providers.Contains(Provider))
        {
            throw new SpladeModelException(
                $"cuda:{deviceId} cannot be used: the native library of ONNX Runtime {version} has {string.Join(", ", providers)}, expected {Provider}. "
                + $"Reference the package Microsoft.ML.OnnxRuntime.Gpu {version} in the application instead of Microsoft.ML.OnnxRuntime. {Needs}", path);
        }

        try
        {
            options.AppendExecutionProvider_CUDA(deviceId);
        }
        catch (OnnxRuntimeException e)
        {
            throw new SpladeModelException($"cuda:{deviceId} cannot be used: ONNX Runtime {version} cannot load CUDA. {Needs} {e.Message}", path, e);
        }
    }
}
