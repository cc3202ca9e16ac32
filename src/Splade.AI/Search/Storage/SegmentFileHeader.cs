using System.Runtime.InteropServices;
using System.Text;

namespace Splade.AI.Search.Storage;

/// <summary>The first page of a segment's file: what it is, and where its sections lie.</summary>
/// <param name="Kind">What the segment holds.</param>
/// <param name="Keys">The type of its keys.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Sections">Its sections, in order.</param>
internal sealed record SegmentFileHeader(string Kind, string Keys, int Rows, IReadOnlyList<SegmentSection> Sections)
{
    /// <summary>The bytes that are kept for it: sections begin at pages.</summary>
    public const int Size = 4096;

    /// <summary>What stays the same in the first bytes of later formats.</summary>
    public static ReadOnlySpan<byte> MagicOfAll => Magic[..5];

    /// <summary>The checksum of the page, if it was read.</summary>
    public uint Checksum { get; private init; }

    private static ReadOnlySpan<byte> Magic => "SPSEG001"u8;

    public byte[] Write()
    {
        byte[] page = new byte[Size];
        Span<byte> to = page;
        ByteCursor.Put(ref to, Magic);
        ByteCursor.PutName(ref to, Kind);
        ByteCursor.PutName(ref to, Keys);
        ByteCursor.Put(ref to, Rows);
        ByteCursor.Put(ref to, Sections.Count);
        ByteCursor.Put<SegmentSection>(ref to, Sections.ToArray());
        MemoryMarshal.Write(page.AsSpan(Size - sizeof(uint)), Storage.Checksum.Of(page.AsSpan(0, Size - sizeof(uint))));
        return page;
    }

    /// <exception cref="SearchStorageException">The page is not the beginning of a segment, or it is damaged.</exception>
    public static SegmentFileHeader Read(ReadOnlySpan<byte> page, string path)
    {
        if (page.Length < Size || !page.StartsWith(MagicOfAll))
        {
            throw new SearchStorageException("The file does not begin as a segment does: it is damaged. Restore the folder from a backup.", path);
        }

        if (!page.StartsWith(Magic))
        {
            throw new SearchStorageException(
                $"Found the format '{Encoding.ASCII.GetString(page[..Magic.Length])}', expected '{Encoding.ASCII.GetString(Magic)}': "
                + "the folder was written by another version of Splade.AI. Use that version.",
                path);
        }

        ReadOnlySpan<byte> from = page[..(Size - sizeof(uint))];
        uint checksum = MemoryMarshal.Read<uint>(page[from.Length..]);
        if (checksum != Storage.Checksum.Of(from))
        {
            throw new SearchStorageException("The first page of the segment is damaged. Restore the folder from a backup.", path);
        }

        from = from[Magic.Length..];
        string kind = ByteCursor.TakeName(ref from);
        string keys = ByteCursor.TakeName(ref from);
        int rows = ByteCursor.Take<int>(ref from);
        int count = ByteCursor.Take<int>(ref from);
        return new SegmentFileHeader(kind, keys, rows, ByteCursor.Take<SegmentSection>(ref from, count)) { Checksum = checksum };
    }
}
