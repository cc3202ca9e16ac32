using System.Text;

namespace Splade.AI.Weights.Torch;

/// <summary>Reads where the records of a zip lie in its file. .NET's own reader does not tell.</summary>
internal static class ZipDirectory
{
    private const uint HeaderSignature = 0x04034b50;
    private const int HeaderSize = 30;

    /// <summary>What a record takes of memory besides its name, here and where its folder is left out, growing dictionaries included.</summary>
    private const int BytesOfRecord = 320;

    /// <summary>The records by name.</summary>
    /// <exception cref="FormatException">The zip is damaged.</exception>
    /// <exception cref="NotSupportedException">A record is compressed or encrypted.</exception>
    public static Dictionary<string, ZipRecord> Read(WeightFile file)
    {
        var end = ZipEnd.Find(file);
        var directory = new ByteReader(file.ReadBytes(end.Offset, end.Length));
        var records = new Dictionary<string, ZipRecord>(StringComparer.Ordinal);
        while (directory.Left > 0)
        {
            var entry = ZipEntry.Read(ref directory);
            file.Memory.Spend(BytesOfRecord + (4L * sizeof(char) * entry.Name.Length));
            if (!records.TryAdd(entry.Name, Locate(entry, file, end.Offset)))
            {
                throw new FormatException($"It has two records '{entry.Name}'.");
            }
        }

        return records.Count == end.Count ? records : throw new FormatException($"It has {records.Count} records, and {end.Count} are said to be there.");
    }

    // The record's own header has the name again, and other extra fields, with which torch aligns the bytes.
    private static ZipRecord Locate(ZipEntry entry, WeightFile file, long dataEnd)
    {
        Span<byte> bytes = stackalloc byte[HeaderSize];
        file.Read(entry.HeaderOffset, bytes);
        var header = new ByteReader(bytes);
        uint signature = header.TakeUInt32();
        header.Take(sizeof(ushort));
        ushort flags = header.TakeUInt16();
        ushort method = header.TakeUInt16();
        header.Take((2 * sizeof(ushort)) + (3 * sizeof(uint)));
        ushort nameLength = header.TakeUInt16();
        ushort extraLength = header.TakeUInt16();
        if (signature != HeaderSignature || nameLength != entry.Name.Length
            || Encoding.Latin1.GetString(file.ReadBytes(entry.HeaderOffset + HeaderSize, nameLength)) != entry.Name)
        {
            throw new FormatException($"Its record '{entry.Name}' is not where the directory says.");
        }

        ZipEntry.RequireStored(entry.Name, flags, method);
        long offset = entry.HeaderOffset + HeaderSize + nameLength + extraLength;
        return offset <= dataEnd && entry.Length <= dataEnd - offset
            ? new ZipRecord(offset, entry.Length)
            : throw new FormatException($"Its record '{entry.Name}' is said to have {entry.Length} bytes, more than there are.");
    }
}
