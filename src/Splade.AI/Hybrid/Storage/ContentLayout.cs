using Splade.AI.Search.Storage;
using static Splade.AI.Search.Storage.Alignment;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Where the parts of a segment's contents lie in its bytes.</summary>
/// <remarks>
/// <para>All numbers are little-endian; every part begins at a multiple of 64 bytes. Strings are written as <see cref="StoredText"/> says.</para>
/// <para>
/// Metadata is kept twice: by value, for filters, and by row, to give it back. The values of each name stand in the order of
/// <see cref="StoredValue"/>, each with the list of the rows that have it. A row has for each of its names the name's number times two, then the
/// number of its value; where it has a list, that is plus one, then how many items there are, then their numbers.
/// </para>
/// </remarks>
internal sealed record ContentLayout
{
    private ContentLayout(ContentHeader header)
    {
        Header = header;
        NameStarts = Align(ContentHeader.Size);
        Names = Align(NameStarts + ((long)(header.Fields + 1) * sizeof(long)));
        FieldStarts = Align(Names + header.NameBytes);
        ValueStarts = Align(FieldStarts + ((long)(header.Fields + 1) * sizeof(int)));
        Values = Align(ValueStarts + ((long)(header.Values + 1) * sizeof(long)));
        PostingStarts = Align(Values + header.ValueBytes);
        Postings = Align(PostingStarts + ((long)(header.Values + 1) * sizeof(long)));
        RowStarts = Align(Postings + (header.Postings * sizeof(int)));
        Entries = Align(RowStarts + ((long)(header.Rows + 1) * sizeof(long)));
        TextStarts = Align(Entries + (header.Entries * sizeof(int)));
        Texts = Align(TextStarts + ((long)(header.Rows + 1) * sizeof(long)));
        Length = Align(Texts + header.TextBytes);
    }

    public ContentHeader Header { get; }

    /// <summary><c>long[fields + 1]</c>: where each name begins within <see cref="Names"/>.</summary>
    public long NameStarts { get; }

    /// <summary>The names of fields, by ordinal. The number of a name is its place.</summary>
    public long Names { get; }

    /// <summary><c>int[fields + 1]</c>: the number of each field's first value.</summary>
    public long FieldStarts { get; }

    /// <summary><c>long[values + 1]</c>: where each value begins within <see cref="Values"/>.</summary>
    public long ValueStarts { get; }

    /// <summary>The values of all fields, one field after the other.</summary>
    public long Values { get; }

    /// <summary><c>long[values + 1]</c>: where the rows of each value begin within <see cref="Postings"/>.</summary>
    public long PostingStarts { get; }

    /// <summary><c>int[postings]</c>: the rows that have each value, ascending.</summary>
    public long Postings { get; }

    /// <summary><c>long[rows + 1]</c>: where each row begins within <see cref="Entries"/>.</summary>
    public long RowStarts { get; }

    /// <summary><c>int[entries]</c>: the metadata of the rows.</summary>
    public long Entries { get; }

    /// <summary><c>long[rows + 1]</c>: where each text begins within <see cref="Texts"/>.</summary>
    public long TextStarts { get; }

    /// <summary>The texts.</summary>
    public long Texts { get; }

    /// <summary>The bytes of all.</summary>
    public long Length { get; }

    public static ContentLayout Of(ContentHeader header) => new(header);
}
