namespace Splade.AI.Weights.Torch;

/// <summary>What the records at the end of a zip say of its directory (PKWARE's APPNOTE.TXT, 4.3.14 to 4.3.16).</summary>
/// <param name="Offset">Where the directory begins.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Count">How many entries.</param>
internal readonly record struct ZipEnd(long Offset, long Length, long Count)
{
    private const uint Signature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint LargeSignature = 0x06064b50;
    private const int Size = 22;
    private const int LocatorSize = 20;
    private const int LargeSize = 56;

    /// <summary>The most bytes of a directory. A record takes less than a hundred, and a tensor has one at most.</summary>
    private const int MaxLength = 16 << 20;

    /// <exception cref="FormatException">There are none, or they contradict each other.</exception>
    public static ZipEnd Find(WeightFile file)
    {
        long at = Position(file);
        var reader = new ByteReader(file.ReadBytes(at, Size));
        reader.Take(sizeof(uint));
        bool isOneDisk = reader.TakeUInt16() == 0 && reader.TakeUInt16() == 0;
        ushort here = reader.TakeUInt16();
        ushort count = reader.TakeUInt16();
        uint length = reader.TakeUInt32();
        uint offset = reader.TakeUInt32();
        if (!isOneDisk || here != count)
        {
            throw new FormatException("It is a part of a zip that is split.");
        }

        // Torch writes the large form always, and the small one too.
        if (LargeAt(file, at) is not long large)
        {
            return Require(new ZipEnd(offset, length, count), at);
        }

        ZipEnd end = ReadLarge(file, large);
        return Agrees(end.Count, count, ushort.MaxValue) && Agrees(end.Length, length, uint.MaxValue) && Agrees(end.Offset, offset, uint.MaxValue)
            ? Require(end, large)
            : throw new FormatException("The two records at its end contradict each other.");
    }

    // A comment may follow, which could hold the signature too: the record's comment ends where the file does.
    private static long Position(WeightFile file)
    {
        byte[] tail = file.ReadBytes(Math.Max(0, file.Length - Size - ushort.MaxValue), Math.Min(file.Length, Size + ushort.MaxValue));
        for (int at = tail.Length - Size; at >= 0; at--)
        {
            var reader = new ByteReader(tail.AsSpan(at));
            if (reader.TakeUInt32() == Signature)
            {
                reader.Take(Size - sizeof(uint) - sizeof(ushort));
                if (reader.TakeUInt16() == reader.Left)
                {
                    return file.Length - tail.Length + at;
                }
            }
        }

        throw new FormatException("The record at the end of a zip is missing: the file is cut off.");
    }

    private static long? LargeAt(WeightFile file, long end)
    {
        if (end < LocatorSize)
        {
            return null;
        }

        var reader = new ByteReader(file.ReadBytes(end - LocatorSize, LocatorSize));
        if (reader.TakeUInt32() != LocatorSignature)
        {
            return null;
        }

        reader.Take(sizeof(uint));
        ulong at = reader.TakeUInt64();
        return at == (ulong)(end - LocatorSize - LargeSize)
            ? (long)at
            : throw new FormatException($"The zip64 record at its end is said to be at byte {at}, expected it {LocatorSize + LargeSize} bytes before {end}.");
    }

    private static ZipEnd ReadLarge(WeightFile file, long at)
    {
        var reader = new ByteReader(file.ReadBytes(at, LargeSize));
        uint signature = reader.TakeUInt32();
        reader.Take(sizeof(ulong) + (2 * sizeof(ushort)));
        bool isOneDisk = reader.TakeUInt32() == 0 && reader.TakeUInt32() == 0;
        ulong here = reader.TakeUInt64();
        ulong count = reader.TakeUInt64();
        ulong length = reader.TakeUInt64();
        ulong offset = reader.TakeUInt64();
        return signature == LargeSignature && isOneDisk && here == count && Math.Max(count, Math.Max(length, offset)) <= long.MaxValue
            ? new ZipEnd((long)offset, (long)length, (long)count)
            : throw new FormatException("The zip64 record at its end is damaged.");
    }

    private static bool Agrees(long large, uint small, uint most) => small == most || small == large;

    private static ZipEnd Require(ZipEnd end, long next)
    {
        if (end.Offset > next || end.Length != next - end.Offset)
        {
            throw new FormatException($"Its directory is said to have {end.Length} bytes from byte {end.Offset} on, expected it to end at byte {next}.");
        }

        return end.Length <= MaxLength
            ? end
            : throw new FormatException($"Its directory is said to have {end.Length} bytes, expected at most {MaxLength}.");
    }
}
