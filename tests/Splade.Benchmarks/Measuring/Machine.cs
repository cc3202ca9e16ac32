using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Splade.AI.Onnx;

namespace Splade.Benchmarks.Measuring;

/// <summary>The machine that measurements were taken on.</summary>
internal static partial class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";

    // What decides which kernels run, in the names of Linux.
    private static readonly string[] TellingFlags =
        ["avx2", "avx512f", "avx_vnni", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_int8", "amx_bf16", "asimd", "asimddp", "i8mm", "sve"];

    public static string Describe() =>
        $"{Processor}, {Environment.ProcessorCount} cores, {ReadFlags()}{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, "
        + $"{RuntimeInformation.FrameworkDescription}, ONNX Runtime {OnnxRuntimeStart.Ensure().GetVersionString()}, "
        + $"vectors of {Vector<byte>.Count * 8} bits{ReadLoad()}";

    /// <summary>The processor as the name of a folder, for example <c>amd-epyc</c>.</summary>
    public static string FolderName => NoName().Replace(Noise().Replace(Processor.ToLowerInvariant(), " "), "-").Trim('-');

    private static string Processor => ReadLine("model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";

    private static string ReadFlags()
    {
        string[]? flags = (ReadLine("flags") ?? ReadLine("Features"))?.Split(' ');
        return flags is null ? "" : $"{string.Join(' ', TellingFlags.Intersect(flags))}, ";
    }

    // Other work on the machine makes every figure smaller: whoever reads them has to know.
    private static string ReadLoad() => File.Exists(LoadFile) ? $", load average {File.ReadAllText(LoadFile).Split(' ')[0]}" : "";

    private static string? ReadLine(string name) => File.Exists(ProcessorFile)
        ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(": ")[^1]
        : null;

    [GeneratedRegex(@"\((r|tm)\)|\b(cpu|processor)\b|@.*")]
    private static partial Regex Noise();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoName();
}
