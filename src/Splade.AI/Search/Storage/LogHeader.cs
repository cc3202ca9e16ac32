using System.Text;

namespace Splade.AI.Search.Storage;

/// <summary>The first bytes of a log: what it is, and which one.</summary>
/// <param name="Id">A number that no other log has.</param>
/// <param name="Kind">What the segments hold that its records belong to.</param>
/// <param name="Keys">The type of the keys.</param>
internal sealed record LogHeader(Guid Id, string Kind, string Keys)
{
    public const int Size = ChecksumOffset + sizeof(uint);

    private const int ChecksumOffset = 8 + 16 + (2 * ByteCursor.NameLength);

    /// <summary>What stays the same in the first bytes of later formats.</summary>
    public static ReadOnlySpan<byte> MagicOfAll => Magic[..5];

    private static ReadOnlySpan<byte> Magic => "SPLOG003"u8;

    public byte[] Write()
    {
        byte[] header = new byte[Size];
        Span<byte> to = header;
        ByteCursor.Put(ref to, Magic);
        ByteCursor.Put(ref to, Id);
        ByteCursor.PutName(ref to, Kind);
        ByteCursor.PutName(ref to, Keys);
        ByteCursor.Put(ref to, Checksum.Of(header.AsSpan(0, ChecksumOffset)));
        return header;
    }

    /// <exception cref="SearchStorageException">The bytes are not the beginning of a log, or damaged.</exception>
    public static LogHeader Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length < Size || !bytes.StartsWith(MagicOfAll))
        {
            throw new SearchStorageException("The file does not begin as a log does. Restore the folder from a backup.", path);
        }

        if (!bytes.StartsWith(Magic))
        {
            throw new SearchStorageException(
                $"Found the format '{Encoding.ASCII.GetString(bytes[..Magic.Length])}', expected '{Encoding.ASCII.GetString(Magic)}': "
                + "the log was written by another version of Splade.AI. Use that version.",
                path);
        }

        ReadOnlySpan<byte> from = bytes[Magic.Length..Size];
        var header = new LogHeader(ByteCursor.Take<Guid>(ref from), ByteCursor.TakeName(ref from), ByteCursor.TakeName(ref from));
        return ByteCursor.Take<uint>(ref from) == Checksum.Of(bytes[..ChecksumOffset])
            ? header
            : throw new SearchStorageException("The first bytes of the log are damaged. Restore the folder from a backup.", path);
    }
}
