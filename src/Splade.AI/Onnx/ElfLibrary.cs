using System.Buffers.Binary;
using System.Text;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Onnx;

/// <summary>What a shared library of Linux says that it needs: the DT_NEEDED entries of its dynamic section (System V ABI, chapter 5).</summary>
/// <remarks>To load it in order to see would run its initialisers, which fail where it is not loaded by those who it is made for.</remarks>
internal static class ElfLibrary
{
    private const int HeaderLength = 64;
    private const int SegmentLength = 56;
    private const int Load = 1;
    private const int Dynamic = 2;
    private const ulong Needed = 1;
    private const ulong Strings = 5;
    private const ulong StringsLength = 10;

    /// <summary>The names of the libraries, in their order; none of a file that is no library of 64 bits, or one that is damaged.</summary>
    public static IReadOnlyList<string> NeededBy(string path)
    {
        using var file = FileBytes.Open(path);
        byte[] header = Read(file, 0, (ulong)Math.Min(HeaderLength, file.Length));
        if (!header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8) || header.Length < HeaderLength)
        {
            return [];
        }

        (ulong Type, ulong Offset, ulong Address, ulong Length)[] segments = [.. Segments(file, header)];
        var entries = new List<(ulong Tag, ulong Value)>();
        (_, ulong offset, _, ulong length) = Array.Find(segments, s => s.Type == Dynamic);
        byte[] bytes = Read(file, offset, length);
        for (int at = 0; at + 16 <= bytes.Length; at += 16)
        {
            entries.Add((Number(bytes, at), Number(bytes, at + 8)));
        }

        byte[] strings = Read(file, OffsetOf(entries.Find(e => e.Tag == Strings).Value, segments), entries.Find(e => e.Tag == StringsLength).Value);
        return [.. entries.Where(e => e.Tag == Needed).Select(e => Text(strings, e.Value)).OfType<string>()];
    }

    private static IEnumerable<(ulong Type, ulong Offset, ulong Address, ulong Length)> Segments(FileBytes file, byte[] header)
    {
        ushort size = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(54)), count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        byte[] table = Read(file, Number(header, 32), (ulong)size * count);
        for (int at = 0; size >= SegmentLength && at + SegmentLength <= table.Length; at += size)
        {
            yield return (BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at)), Number(table, at + 8), Number(table, at + 16), Number(table, at + 32));
        }
    }

    private static ulong OffsetOf(ulong address, (ulong Type, ulong Offset, ulong Address, ulong Length)[] segments)
    {
        (_, ulong offset, ulong start, _) = Array.Find(segments, s => s.Type == Load && address >= s.Address && address - s.Address < s.Length);
        return address - start + offset;
    }

    private static string? Text(byte[] strings, ulong start)
    {
        int length = start < (ulong)strings.Length ? strings.AsSpan((int)start).IndexOf((byte)0) : -1;
        return length < 0 ? null : Encoding.UTF8.GetString(strings, (int)start, length);
    }

    private static ulong Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    // What should be behind the file's end is not there.
    private static byte[] Read(FileBytes file, ulong offset, ulong length)
    {
        ulong end = (ulong)file.Length;
        if (offset > end || length > Math.Min(end - offset, (ulong)Array.MaxLength))
        {
            return [];
        }

        byte[] bytes = new byte[length];
        file.Read((long)offset, bytes);
        return bytes;
    }
}
