using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Splade.AI.Onnx;

/// <summary>The shared libraries of ONNX Runtime's CUDA provider, as the package for graphics cards brings it.</summary>
/// <remarks>ONNX Runtime writes their names to standard error, whatever the host wants there, and leaves them out of its exception.</remarks>
internal static class CudaLibraries
{
    private const string Runtime = "onnxruntime";
    private const string Provider = "libonnxruntime_providers_cuda.so";

    /// <summary>Those that the provider needs and that this machine has not, in words; null if there is none, or this system does not tell.</summary>
    public static string? FindMissing() => OperatingSystem.IsLinux() && FindProvider() is string provider ? FindMissing(provider, CanLoad) : null;

    /// <summary>The same of a library, with what else is to say whether another one can be loaded.</summary>
    public static string? FindMissing(string library, Func<string, string, bool> canLoad)
    {
        string folder = Path.GetDirectoryName(library)!;
        string[] missing = [.. ElfLibrary.NeededBy(library).Where(name => !canLoad(folder, name))];
        return missing.Length == 0 ? null : $"{Path.GetFileName(library)} needs {string.Join(", ", missing)}, which cannot be loaded.";
    }

    // Beside the native library that has been loaded.
    private static string? FindProvider()
    {
        using var process = Process.GetCurrentProcess();
        string? runtime = process.Modules.Cast<ProcessModule>()
            .Select(m => m.FileName)
            .FirstOrDefault(f => Path.GetFileName(f).StartsWith($"lib{Runtime}.so", StringComparison.Ordinal));
        string? provider = runtime is null ? null : Path.Combine(Path.GetDirectoryName(runtime)!, Provider);
        return File.Exists(provider) ? provider : null;
    }

    // What can be loaded stays: it is needed in a moment.
    private static bool CanLoad(string folder, string name) =>
        NativeLibrary.TryLoad(name, out _) || NativeLibrary.TryLoad(Path.Combine(folder, name), out _);
}
