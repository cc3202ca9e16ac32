using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Splade.Benchmarks.Measuring;

/// <summary>The processors that a process may use. What it starts inherits them, before anything in it counts processors.</summary>
internal static partial class Processors
{
    /// <summary>Whether this system can restrict a process.</summary>
    public static bool CanRestrict => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <summary>How many this process may use.</summary>
    public static int Count => CanRestrict ? Allowed().Sum(word => BitOperations.PopCount(word)) : Environment.ProcessorCount;

    /// <summary>Calls something that starts processes, which may use the first so many processors.</summary>
    public static T With<T>(int count, Func<T> start)
    {
        if (!CanRestrict)
        {
            return start();
        }

        T? result = default;
        Exception? failure = null;

        // On Linux the processors are those of a thread.
        var thread = new Thread(() =>
        {
            ulong[] all = Allowed();
            Set(First(all, count));
            try
            {
                result = start();
            }
            catch (Exception e)
            {
                failure = e;
            }
            finally
            {
                Set(all);
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException(failure.Message, failure);
    }

    private static ulong[] First(ulong[] all, int count)
    {
        ulong[] first = new ulong[all.Length];
        for (int processor = 0; count > 0; processor++)
        {
            ulong bit = all[processor / 64] & (1UL << (processor % 64));
            first[processor / 64] |= bit;
            count -= bit == 0 ? 0 : 1;
        }

        return first;
    }

    private static ulong[] Allowed()
    {
        if (OperatingSystem.IsWindows())
        {
            return [OfWindows];
        }

        ulong[] mask = new ulong[16];
        return GetAffinity(0, (nuint)(mask.Length * sizeof(ulong)), mask) >= 0 ? mask : throw new InvalidOperationException("The processors of this process cannot be told.");
    }

    private static void Set(ulong[] mask)
    {
        if (OperatingSystem.IsWindows())
        {
            OfWindows = mask[0];
        }
        else if (SetAffinity(0, (nuint)(mask.Length * sizeof(ulong)), mask) != 0)
        {
            throw new InvalidOperationException("The processors of this process cannot be restricted.");
        }
    }

    [SupportedOSPlatform("windows")]
    private static ulong OfWindows
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return (ulong)process.ProcessorAffinity;
        }

        set
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = (nint)value;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint size, [Out] ulong[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, [In] ulong[] mask);
}
