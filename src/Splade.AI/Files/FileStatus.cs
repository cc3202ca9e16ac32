using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Files;

/// <summary>What the system says of a file: what it is, and which one. .NET tells neither.</summary>
/// <param name="Kind">What it is, once links are followed.</param>
/// <param name="Device">The volume that it is on.</param>
/// <param name="Number">Its number there: a file keeps it when it is renamed, and another file of the same name has another one.</param>
/// <param name="Links">How many names it has; 0 once it is deleted while somebody still holds it.</param>
/// <param name="Length">Its length in bytes; of a pipe or a device it says nothing.</param>
internal readonly record struct FileStatus(FileKind Kind, ulong Device, ulong Number, long Links, long Length)
{
    /// <summary>The status of what a path leads to; null if there is nothing.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    public static FileStatus? Of(string path) =>
        OperatingSystem.IsWindows() ? WindowsStatus.Of(path) : OperatingSystem.IsMacOS() ? AppleStatus.Of(path) : LinuxStatus.Of(path);

    /// <summary>The status of an open file.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
    public static FileStatus Of(SafeFileHandle file) =>
        OperatingSystem.IsWindows() ? WindowsStatus.Of(file) : OperatingSystem.IsMacOS() ? AppleStatus.Of(file) : LinuxStatus.Of(file);

    /// <summary>Whether two names or handles are of one file.</summary>
    public bool IsSameFileAs(FileStatus other) => (Device, Number) == (other.Device, other.Number);
}
