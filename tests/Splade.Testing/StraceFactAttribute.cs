using System.ComponentModel;
using System.Diagnostics;

namespace Splade.Testing;

/// <summary>A test that watches the system calls of a process, and is skipped with the reason where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StraceFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsThere = new(() => OperatingSystem.IsLinux() && CanTrace());

    public StraceFactAttribute()
    {
        if (!IsThere.Value)
        {
            Skip = "Needs Linux, strace (`apt-get install strace`), and the right to trace processes.";
        }
    }

    private static bool CanTrace()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("strace", ["-qq", "-e", "trace=none", "true"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
