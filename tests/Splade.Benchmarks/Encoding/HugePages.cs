using System.Runtime.InteropServices;

namespace Splade.Benchmarks.Encoding;

/// <summary>Asks Linux for huge pages, as NumPy does for what is large; fewer page faults when it is written for the first time.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>What NumPy calls large.</summary>
    private const nuint Large = 4 << 20;

    private const int PageSize = 4096;
    private const int AdviseHugePages = 14;

    public static void AskFor(void* memory, nuint size)
    {
        if (OperatingSystem.IsLinux() && size >= Large)
        {
            nuint offset = PageSize - ((nuint)memory % PageSize);
            _ = Advise((byte*)memory + offset, size - offset, AdviseHugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* memory, nuint length, int advice);
}
