using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Files;

/// <summary><c>statx</c> of Linux, whose answer has one layout on all processors.</summary>
internal static partial class LinuxStatus
{
    private const int CurrentFolder = -100;
    private const int HandleItself = 0x1000;
    private const uint BasicFields = 0x7FF;

    public static FileStatus? Of(string path) =>
        Statx(CurrentFolder, path, 0, BasicFields, out Answer answer) == 0 ? answer.ToStatus() : UnixMode.NothingThere(path);

    public static FileStatus Of(SafeFileHandle file) =>
        StatxOfHandle(file, "", HandleItself, BasicFields, out Answer answer) == 0 ? answer.ToStatus() : throw UnixMode.LastError("an open file");

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out Answer answer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxOfHandle(SafeFileHandle file, string path, int flags, uint mask, out Answer answer);

    /// <summary>The fields of <c>struct statx</c> that are asked for; the rest is room.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(40)]
        public ulong Length;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;

        public readonly FileStatus ToStatus() =>
            new(UnixMode.KindOf(Mode), ((ulong)DeviceMajor << 32) | DeviceMinor, Number, Links, (long)Length);
    }
}
