using System.Numerics;
using System.Runtime.InteropServices;

namespace Splade.Benchmarks.Measuring;

/// <summary>The machine that measurements were taken on.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string LoadFile = "/proc/loadavg";

    public static string Describe() =>
        $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, "
        + $"{RuntimeInformation.FrameworkDescription}, vectors of {Vector<byte>.Count * 8} bits{ReadLoad()}";

    private static string Processor => ReadModelName() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";

    // Other work on the machine makes every figure smaller: whoever reads them has to know.
    private static string ReadLoad() => File.Exists(LoadFile) ? $", load average {File.ReadAllText(LoadFile).Split(' ')[0]}" : "";

    private static string? ReadModelName() => File.Exists(ProcessorFile)
        ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1]
        : null;
}
