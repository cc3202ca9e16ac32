using System.Buffers.Binary;

namespace Splade.AI.Search.Storage;

/// <summary>
/// How a record lies in a log: its length, the checksum of all the rest, the position of the record in the file, how much of the file was on the
/// disk before it, and the content. Numbers are little-endian.
/// </summary>
/// <remarks>
/// The position tells at once that something in the middle of a record is none. The checksum begins with that of the log's first bytes: a record
/// of another log is none.
/// </remarks>
internal static class LogRecord
{
    public const int HeaderSize = DurableOffset + sizeof(long);

    private const int ChecksumOffset = sizeof(uint);
    private const int PositionOffset = 2 * sizeof(uint);
    private const int DurableOffset = PositionOffset + sizeof(long);

    /// <summary>A record.</summary>
    /// <param name="content">What it holds, at least one byte.</param>
    /// <param name="position">Where it will lie in the file.</param>
    /// <param name="durable">How many bytes of the file are on the disk.</param>
    /// <param name="log">The checksum of the log's first bytes.</param>
    public static byte[] Write(ReadOnlySpan<byte> content, long position, long durable, uint log)
    {
        byte[] record = new byte[HeaderSize + content.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)content.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(PositionOffset), position);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(DurableOffset), durable);
        content.CopyTo(record.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(ChecksumOffset), ChecksumOf(record, log));
        return record;
    }

    /// <summary>The length of the record that some bytes begin with, header included; null if they begin with none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="position">Where they lie in the file.</param>
    /// <param name="log">The checksum of the log's first bytes.</param>
    public static int? Find(ReadOnlySpan<byte> bytes, long position, uint log)
    {
        if (bytes.Length < HeaderSize || BinaryPrimitives.ReadInt64LittleEndian(bytes[PositionOffset..]) != position)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length == 0 || length > bytes.Length - HeaderSize)
        {
            return null;
        }

        ReadOnlySpan<byte> record = bytes[..(HeaderSize + (int)length)];
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) == ChecksumOf(record, log) ? record.Length : null;
    }

    /// <summary>How many bytes of the file were on the disk when a record was written.</summary>
    public static long DurableBefore(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[DurableOffset..]);

    private static uint ChecksumOf(ReadOnlySpan<byte> record, uint log) =>
        Checksum.Of(record[PositionOffset..], Checksum.Of(record[..ChecksumOffset], log));
}
