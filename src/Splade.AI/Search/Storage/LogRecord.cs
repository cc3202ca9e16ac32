using System.Buffers.Binary;

namespace Splade.AI.Search.Storage;

/// <summary>How a record lies in a log: its length, the checksum of length and content, and the content. Numbers are little-endian.</summary>
internal static class LogRecord
{
    public const int HeaderSize = 2 * sizeof(uint);

    /// <summary>A record.</summary>
    public static byte[] Write(ReadOnlySpan<byte> content)
    {
        byte[] record = new byte[HeaderSize + content.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)content.Length);
        content.CopyTo(record.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(uint)), ChecksumOf(record));
        return record;
    }

    /// <summary>The length of the record that some bytes begin with, header included; null if they begin with none.</summary>
    public static int? Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length == 0 || length > bytes.Length - HeaderSize)
        {
            return null;
        }

        ReadOnlySpan<byte> record = bytes[..(HeaderSize + (int)length)];
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]) == ChecksumOf(record) ? record.Length : null;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> record) => Checksum.Of(record[HeaderSize..], Checksum.Of(record[..sizeof(uint)]));
}
