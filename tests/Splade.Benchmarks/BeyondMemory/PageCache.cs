using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.Benchmarks.BeyondMemory;

/// <summary>What the system keeps of files in memory.</summary>
internal static class PageCache
{
    private const int DontNeed = 4;

    /// <summary>Lets the system forget the files of a folder, so that they are read from the disk again. Nobody may have them open as memory.</summary>
    public static void Forget(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            using SafeFileHandle handle = File.OpenHandle(file);
            int error = Advise(handle, 0, 0, DontNeed);
            if (error != 0)
            {
                throw new IOException($"The system does not let go of {file} (error {error}).");
            }
        }
    }

    [DllImport("libc", EntryPoint = "posix_fadvise")]
    private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
}
