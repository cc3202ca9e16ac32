using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Files;

/// <summary>What Windows says of an open file. .NET opens neither devices nor pipes there by the name of a file.</summary>
internal static partial class WindowsStatus
{
    private const FileShare Any = FileShare.ReadWrite | FileShare.Delete;

    public static FileStatus? Of(string path)
    {
        if (Directory.Exists(path))
        {
            return new FileStatus(FileKind.Folder, 0, 0, 1, 0);
        }

        if (!File.Exists(path))
        {
            return null;
        }

        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, Any);
        return Of(file);
    }

    public static FileStatus Of(SafeFileHandle file) => GetFileInformationByHandle(file, out Answer answer)
        ? answer.ToStatus()
        : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle file, out Answer answer);

    /// <summary><c>BY_HANDLE_FILE_INFORMATION</c>: 13 numbers of 32 bits.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    private struct Answer
    {
        [FieldOffset(28)]
        public uint Volume;

        [FieldOffset(32)]
        public uint LengthHigh;

        [FieldOffset(36)]
        public uint LengthLow;

        [FieldOffset(40)]
        public uint Links;

        [FieldOffset(44)]
        public uint NumberHigh;

        [FieldOffset(48)]
        public uint NumberLow;

        public readonly FileStatus ToStatus() =>
            new(FileKind.Regular, Volume, ((ulong)NumberHigh << 32) | NumberLow, Links, (long)(((ulong)LengthHigh << 32) | LengthLow));
    }
}
