using System.Text;

namespace Splade.AI.Tests.Weights;

/// <summary>Writes zips of stored records as torch does: bytes on multiples of 64 by an extra field of the record's own header.</summary>
internal sealed class StoredZip
{
    private readonly List<(string Name, byte[] Content, long Length)> _records = [];

    /// <summary>Whether the zip ends with the records of zip64 too, as torch writes them.</summary>
    public bool IsLarge { get; init; }

    /// <summary>The flags of each record.</summary>
    public ushort Flags { get; init; }

    public byte[] Comment { get; init; } = [];

    /// <param name="name">The record's name.</param>
    /// <param name="content">Its first bytes.</param>
    /// <param name="length">How many it has, if there are more; the others are 0, and take no room on a disk.</param>
    public StoredZip Add(string name, byte[] content, long? length = null)
    {
        _records.Add((name, content, length ?? content.Length));
        return this;
    }

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    public void Write(Stream stream)
    {
        var directory = new List<byte>();
        foreach ((string name, byte[] content, long length) in _records)
        {
            ulong offset = (ulong)stream.Position;
            byte[] path = Encoding.UTF8.GetBytes(name);
            int padding = (int)((64 - ((stream.Position + 34 + path.Length) % 64)) % 64);
            byte[] large = [.. Large((ulong)length), .. Large((ulong)length), .. Large(offset)];
            byte[] extra = large.Length == 0 ? [] : [.. U16(1), .. U16(large.Length), .. large];
            stream.Write([.. U32(0x04034b50), .. Common(path, length, 4 + padding), .. path, .. "FB"u8, .. U16(padding), .. new byte[padding], .. content]);
            stream.Position += length - content.Length;
            directory.AddRange([.. U32(0x02014b50), .. U16(0), .. Common(path, length, extra.Length), .. new byte[10], .. U32(offset), .. path, .. extra]);
        }

        long at = stream.Position;
        stream.Write([.. directory]);
        WriteEnd(stream, at, _records.Count, IsLarge);
        stream.Write([.. U16(Comment.Length), .. Comment]);
    }

    /// <summary>Writes the records at the end, without the length of a comment.</summary>
    /// <param name="stream">Where the directory ends.</param>
    /// <param name="directory">Where it begins.</param>
    /// <param name="records">How many records it has.</param>
    /// <param name="isLarge">Whether those of zip64 are among them.</param>
    public static void WriteEnd(Stream stream, long directory, int records, bool isLarge)
    {
        (ulong at, ulong end, ulong count) = ((ulong)directory, (ulong)stream.Position, (ulong)records);
        if (isLarge)
        {
            stream.Write([.. U32(0x06064b50), .. U64(44), .. U16(45), .. U16(45), .. U64(0), .. U64(count), .. U64(count), .. U64(end - at), .. U64(at)]);
            stream.Write([.. U32(0x07064b50), .. U32(0), .. U64(end), .. U32(1)]);
        }

        stream.Write([.. U32(0x06054b50), .. U32(0), .. U16(records), .. U16(records), .. U32(end - at), .. U32(at)]);
    }

    // Version, flags, method, time and date, checksum, both lengths, and those of name and extra field.
    private byte[] Common(byte[] path, long length, int extra) =>
        [.. U16(0), .. U16(Flags), .. U16(0), .. U64(0), .. U32((ulong)length), .. U32((ulong)length), .. U16(path.Length), .. U16(extra)];

    private static byte[] U16(int number) => BitConverter.GetBytes((ushort)number);

    // What does not fit has all bits set, and stands in the field of zip64.
    private static byte[] U32(ulong number) => BitConverter.GetBytes((uint)Math.Min(number, uint.MaxValue));

    private static byte[] Large(ulong number) => number >= uint.MaxValue ? U64(number) : [];

    private static byte[] U64(ulong number) => BitConverter.GetBytes(number);
}
