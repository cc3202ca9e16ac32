using System.Diagnostics;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>A test that needs a disk of its own, and is skipped where the system does not let it have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsAllowed = new(() => OperatingSystem.IsLinux() && Start("true", "1m", "/tmp").ExitCode == 0);

    public SmallDiskFactAttribute()
    {
        if (!IsAllowed.Value)
        {
            Skip = "Needs Linux, and the right to mount a small file system in a namespace of its own (unshare).";
        }
    }

    /// <summary>Runs a script in which a folder is a small disk.</summary>
    public static (int ExitCode, string Output, string Error) Start(string script, string size, string folder)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(
                "unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", $"mount -t tmpfs -o size={size} tmpfs '{folder}' && {script}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "", "unshare is not there");
        }
    }
}
