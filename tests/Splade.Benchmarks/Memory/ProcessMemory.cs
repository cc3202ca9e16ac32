using System.Diagnostics;
using System.Globalization;

namespace Splade.Benchmarks.Memory;

/// <summary>The resident memory of this process, in bytes, and what the machine has left.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";
    private const string Machine = "/proc/meminfo";
    private const string Reset = "/proc/self/clear_refs";

    public static long Now => Read(Status, "VmRSS:") ?? Environment.WorkingSet;

    /// <summary>What is left after a collection of all garbage.</summary>
    public static long WithoutGarbage()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        GC.WaitForPendingFinalizers();
        return Now;
    }

    /// <summary>The most there was since the process began, or since <see cref="ResetPeak"/>.</summary>
    public static long Peak
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return Read(Status, "VmHWM:") ?? process.PeakWorkingSet64;
        }
    }

    /// <summary>What can be had without swapping, inside the limits of a container too.</summary>
    public static long Available
    {
        get
        {
            long within = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Now;
            return Math.Min(Read(Machine, "MemAvailable:") ?? within, within);
        }
    }

    /// <summary>Lets the peak begin anew where the system can.</summary>
    public static void ResetPeak()
    {
        try
        {
            // 5 means just that to Linux.
            File.WriteAllText(Reset, "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The peak of loading stays in the figure, which is an upper bound then.
        }
    }

    private static long? Read(string file, string name)
    {
        const int Kibi = 1024;
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? null : long.Parse(line[name.Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture) * Kibi;
    }
}
