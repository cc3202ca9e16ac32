using Microsoft.ML.OnnxRuntime;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Onnx;

/// <summary>CUDA through ONNX Runtime: asked for where its native library has it, refused with a remedy where not.</summary>
internal static class CudaSupport
{
    /// <summary>What a machine needs, as ONNX Runtime's packages have asked for since CUDA 12 was deprecated with version 1.27.</summary>
    public const string Needs =
        "CUDA needs an NVIDIA driver, CUDA 13 (12 for a package that was built for CUDA 12) and cuDNN 9, where the loader finds their libraries.";

    private const string Provider = "CUDAExecutionProvider";

    /// <summary>Any that all versions have.</summary>
    private const int Opset = 17;

    /// <summary>
    /// Products of floats in floats: by default cards since Ampere round them to 10 bits before (TF32), and vectors would be those of a half-precision model.
    /// </summary>
    private static readonly Dictionary<string, string> Exact = new() { ["use_tf32"] = "0" };

    /// <summary>Asks for a CUDA device in the options of a session.</summary>
    /// <exception cref="SpladeModelException">The native library has no CUDA, or cannot load it.</exception>
    public static void Append(SessionOptions options, int deviceId, string path)
    {
        (string? obstacle, Exception? cause) = TryAppend(options, deviceId);
        if (obstacle is not null)
        {
            throw cause is null ? new SpladeModelException(obstacle, path) : new SpladeModelException(obstacle, path, cause);
        }
    }

    /// <summary>Why a device cannot be used, found out by a graph that does nothing; null if it can.</summary>
    /// <exception cref="TypeInitializationException">The native library of ONNX Runtime is missing.</exception>
    public static string? FindObstacle(int deviceId)
    {
        OnnxRuntimeStart.Ensure();
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        if (TryAppend(options, deviceId).Obstacle is string obstacle)
        {
            return obstacle;
        }

        try
        {
            using var session = new InferenceSession(Nothing(), options);
            return null;
        }
        catch (OnnxRuntimeException e)
        {
            return $"cuda:{deviceId} cannot be used. {Needs} {e.Message}";
        }
    }

    private static (string? Obstacle, Exception? Cause) TryAppend(SessionOptions options, int deviceId)
    {
        OrtEnv environment = OnnxRuntimeStart.Ensure();
        string version = environment.GetVersionString();
        string[] providers = environment.GetAvailableProviders();
        if (!providers.Contains(Provider))
        {
            return ($"cuda:{deviceId} cannot be used: the native library of ONNX Runtime {version} has {string.Join(", ", providers)}, expected {Provider}. "
                + $"Reference the package Microsoft.ML.OnnxRuntime.Gpu {version[..version.LastIndexOf('.')]} in the application instead of Microsoft.ML.OnnxRuntime. {Needs}", null);
        }

        string why = $"cuda:{deviceId} cannot be used: ONNX Runtime {version} cannot load CUDA.";
        if (CudaLibraries.FindMissing() is string missing)
        {
            return ($"{why} {missing} {Needs}", null);
        }

        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new Dictionary<string, string>(Exact) { ["device_id"] = $"{deviceId}" });
            options.AppendExecutionProvider_CUDA(cuda);
            return (null, null);
        }
        catch (OnnxRuntimeException e)
        {
            return ($"{why} {Needs} {e.Message}", e);
        }
    }

    private static byte[] Nothing()
    {
        var graph = new GraphBuilder();
        graph.Input("input", OnnxElementType.Float, 1);
        graph.Output(graph.Node("Identity", ["input"]), OnnxElementType.Float, 1);
        return graph.ToModel(Opset);
    }
}
