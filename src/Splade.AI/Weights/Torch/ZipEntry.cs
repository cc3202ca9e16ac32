using System.Text;

namespace Splade.AI.Weights.Torch;

/// <summary>An entry of a zip's directory (PKWARE's APPNOTE.TXT, 4.3.12).</summary>
/// <param name="Name">Its name, with a character for each byte.</param>
/// <param name="Length">How many bytes the record has.</param>
/// <param name="HeaderOffset">Where its own header lies, which its bytes follow.</param>
internal readonly record struct ZipEntry(string Name, long Length, long HeaderOffset)
{
    private const uint Signature = 0x02014b50;
    private const ushort Large = 1;

    // A descriptor behind the bytes, whose numbers the directory has too, and a name in UTF-8. The bits between speak to compression.
    private const int HarmlessFlags = 0b1000_0000_1110;

    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">The record is compressed or encrypted.</exception>
    public static ZipEntry Read(ref ByteReader directory)
    {
        uint signature = directory.TakeUInt32();
        directory.Take(2 * sizeof(ushort));
        ushort flags = directory.TakeUInt16();
        ushort method = directory.TakeUInt16();
        directory.Take(2 * sizeof(ushort) + sizeof(uint));
        uint packed = directory.TakeUInt32();
        uint length = directory.TakeUInt32();
        ushort nameLength = directory.TakeUInt16();
        ushort extraLength = directory.TakeUInt16();
        ushort commentLength = directory.TakeUInt16();
        ushort disk = directory.TakeUInt16();
        directory.Take(sizeof(ushort) + sizeof(uint));
        uint offset = directory.TakeUInt32();
        string name = Encoding.Latin1.GetString(directory.Take(nameLength));
        var sizes = ReadLarge(directory.Take(extraLength), length, packed, offset);
        directory.Take(commentLength);
        if (signature != Signature || disk != 0)
        {
            throw new FormatException("Its directory is damaged.");
        }

        RequireStored(name, flags, method);
        return sizes.Length == sizes.Packed && sizes is { Length: <= long.MaxValue, Offset: <= long.MaxValue }
            ? new ZipEntry(name, (long)sizes.Length, (long)sizes.Offset)
            : throw new FormatException($"Its record '{name}' is said to have {sizes.Length} bytes and to be stored in {sizes.Packed}.");
    }

    /// <exception cref="NotSupportedException">The record is compressed or encrypted.</exception>
    public static void RequireStored(string name, ushort flags, ushort method)
    {
        if (method != 0 || (flags & ~HarmlessFlags) != 0)
        {
            throw new NotSupportedException(
                $"The record '{name}' is {(method == 0 ? "encrypted, or marked in an unknown way" : "compressed")}, expected it stored as it is, as torch "
                + "writes it. Save the model again with torch, or take its safetensors file.");
        }
    }

    // Numbers that do not fit their fields stand in an extra one, in this order.
    private static (ulong Length, ulong Packed, ulong Offset) ReadLarge(ReadOnlySpan<byte> extra, uint length, uint packed, uint offset)
    {
        var fields = new ByteReader(extra);
        while (fields.Left >= 2 * sizeof(ushort))
        {
            ushort id = fields.TakeUInt16();
            var field = new ByteReader(fields.Take(fields.TakeUInt16()));
            if (id == Large)
            {
                return (Widen(length, ref field), Widen(packed, ref field), Widen(offset, ref field));
            }
        }

        return (length, packed, offset);
    }

    private static ulong Widen(uint number, ref ByteReader field) => number == uint.MaxValue ? field.TakeUInt64() : number;
}
