using System.Globalization;

namespace Splade.Benchmarks.BeyondMemory;

/// <summary>A control group of Linux whose processes, with the files that the system keeps for them, have so much memory and no more.</summary>
/// <remarks>Version 1 or 2, below the group of this process; making one takes rights that root has, and that systemd can delegate.</remarks>
internal sealed class MemoryGroup : IDisposable
{
    private readonly string _folder;

    private MemoryGroup(string folder) => _folder = folder;

    /// <summary>The file that takes processes in.</summary>
    public string Processes => Path.Combine(_folder, "cgroup.procs");

    /// <exception cref="IOException">The system has no such groups, or this user may not make one.</exception>
    public static MemoryGroup Create(long bytes)
    {
        string own = File.Exists("/proc/self/cgroup") ? File.ReadAllText("/proc/self/cgroup") : throw new IOException("Memory can be limited on Linux only.");
        bool isFirst = Directory.Exists("/sys/fs/cgroup/memory");
        string path = own.Split('\n').FirstOrDefault(line => line.Contains(isFirst ? ":memory:" : "0::", StringComparison.Ordinal))?.Split(':', 3)[2]
            ?? throw new IOException("This process is in no group whose memory can be limited.");
        string folder = $"{(isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup")}{path.TrimEnd('/')}/splade-{Environment.ProcessId}-{bytes}";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, isFirst ? "memory.limit_in_bytes" : "memory.max"), bytes.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"A group with a limit of memory could not be made in {folder} ({e.Message}). Run it as root, or leave out --memory.", e);
        }

        return new MemoryGroup(folder);
    }

    public void Dispose() => Directory.Delete(_folder);
}
