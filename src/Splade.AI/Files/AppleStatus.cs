using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Files;

/// <summary><c>stat</c> of macOS with numbers of 64 bits, which has a name of its own on Intel processors.</summary>
internal static partial class AppleStatus
{
    private static readonly bool IsIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static FileStatus? Of(string path) =>
        (IsIntel ? StatOnIntel(path, out Answer answer) : Stat(path, out answer)) == 0 ? answer.ToStatus()
            : UnixMode.NothingThere(path);

    public static FileStatus Of(SafeFileHandle file) =>
        (IsIntel ? StatOnIntel(file, out Answer answer) : Stat(file, out answer)) == 0 ? answer.ToStatus() : throw UnixMode.LastError("an open file");

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out Answer answer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatOnIntel(string path, out Answer answer);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int Stat(SafeFileHandle file, out Answer answer);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int StatOnIntel(SafeFileHandle file, out Answer answer);

    /// <summary>The fields of <c>struct stat</c> that are asked for; the rest is room.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct Answer
    {
        [FieldOffset(0)]
        public int Device;

        [FieldOffset(4)]
        public ushort Mode;

        [FieldOffset(6)]
        public ushort Links;

        [FieldOffset(8)]
        public ulong Number;

        [FieldOffset(96)]
        public long Length;

        public readonly FileStatus ToStatus() => new(UnixMode.KindOf(Mode), (uint)Device, Number, Links, Length);
    }
}
