using System.Runtime.InteropServices;

namespace Splade.AI.Files;

/// <summary>What Linux and macOS have in common: the bits of a file's mode, and how a call says that it failed.</summary>
internal static class UnixMode
{
    /// <summary>A signal came before the call had done anything: it is to be made again.</summary>
    public const int Interrupted = 4;

    private const int NoSuchFile = 2;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int NotAFolder = 20;

    /// <summary>The kind of file that a mode's upper bits name (POSIX, <c>sys/stat.h</c>).</summary>
    public static FileKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0x2000 or 0x6000 => FileKind.Device,
        0xC000 => FileKind.Socket,
        _ => FileKind.Other,
    };

    /// <summary>No status, if the last call found nothing there; any other failure is thrown.</summary>
    public static FileStatus? NothingThere(string path) => Marshal.GetLastPInvokeError() switch
    {
        NoSuchFile or NotAFolder => null,
        NotPermitted or AccessDenied => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        _ => throw LastError(path),
    };

    public static IOException LastError(string name) => new($"{Marshal.GetLastPInvokeErrorMessage()}: '{name}'.");
}
