using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>The texts and the metadata of a segment's records. Does not change once it is built; safe for concurrent use.</summary>
/// <remarks>Its memory lives as long as it is reachable; only the names of the fields are read when it is made.</remarks>
internal sealed unsafe class ContentSegment : IDisposable
{
    private readonly SegmentMemory _bytes;
    private readonly string[] _names;

    public ContentSegment(SegmentMemory bytes, ContentLayout layout)
    {
        _bytes = bytes;
        Layout = layout;
        bytes.ExpectScattered(layout.Texts, layout.Length - layout.Texts);
        _names = [.. Enumerable.Range(0, layout.Header.Fields).Select(field => StoredText.Read(Bytes(layout.NameStarts, layout.Names, field)))];
    }

    /// <exception cref="InvalidDataException">The bytes are no segment's.</exception>
    public static ContentSegment Open(SegmentMemory bytes)
    {
        ContentLayout? layout = bytes.Length < ContentHeader.Size
            ? null
            : ContentLayout.Of(MemoryMarshal.Read<ContentHeader>(bytes.Span<byte>(0, ContentHeader.Size)));
        return layout?.Length == bytes.Length
            ? new ContentSegment(bytes, layout)
            : throw new InvalidDataException($"Found {bytes.Length} bytes of texts and metadata, which are no segment's.");
    }

    /// <summary>All that it consists of.</summary>
    public SegmentMemory Memory => _bytes;

    public ContentLayout Layout { get; }

    public int Rows => Layout.Header.Rows;

    /// <summary>Which share of the numbers and of the values that one can have it has.</summary>
    public double Fill => (double)Math.Max(Layout.Header.Entries, Layout.Header.Values) / Array.MaxLength;

    public string Text(int row)
    {
        string text = StoredText.Read(Bytes(Layout.TextStarts, Layout.Texts, row));
        GC.KeepAlive(this);
        return text;
    }

    public IReadOnlyDictionary<string, MetadataValue> Metadata(int row)
    {
        long* starts = (long*)(_bytes.Pointer + Layout.RowStarts) + row;
        int* entry = (int*)(_bytes.Pointer + Layout.Entries) + starts[0];
        int* end = (int*)(_bytes.Pointer + Layout.Entries) + starts[1];
        if (entry == end)
        {
            return ReadOnlyDictionary<string, MetadataValue>.Empty;
        }

        var metadata = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        while (entry < end)
        {
            string name = _names[*entry / 2];
            bool isList = *entry++ % 2 != 0;
            metadata[name] = isList ? ReadList(ref entry) : Value(*entry++);
        }

        GC.KeepAlive(this);
        return metadata.AsReadOnly();
    }

    /// <summary>The number of a field; -1 if no record has it.</summary>
    public int FieldOf(string name) => Math.Max(-1, Array.BinarySearch(_names, name, StringComparer.Ordinal));

    /// <summary>The numbers of a field's values: from the first to before the second.</summary>
    public (int From, int To) ValuesOf(int field)
    {
        int* starts = (int*)(_bytes.Pointer + Layout.FieldStarts) + field;
        (int, int) values = (starts[0], starts[1]);
        GC.KeepAlive(this);
        return values;
    }

    public MetadataValue Value(int value)
    {
        MetadataValue read = StoredValue.Read(Bytes(Layout.ValueStarts, Layout.Values, value));
        GC.KeepAlive(this);
        return read;
    }

    /// <summary>Adds the rows that have one of several values, which stand side by side.</summary>
    public void AddRows(int fromValue, int toValue, RowMask rows)
    {
        long* starts = (long*)(_bytes.Pointer + Layout.PostingStarts);
        int* postings = (int*)(_bytes.Pointer + Layout.Postings);
        for (long i = starts[fromValue]; i < starts[toValue]; i++)
        {
            rows.Add(postings[i]);
        }

        GC.KeepAlive(this);
    }

    public void Dispose() => _bytes.Dispose();

    private MetadataValue ReadList(ref int* entry)
    {
        var items = new MetadataValue[*entry++];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Value(*entry++);
        }

        return MetadataValue.FromList(items);
    }

    /// <summary>One of many byte strings, by the numbers of where they begin.</summary>
    private ReadOnlySpan<byte> Bytes(long starts, long bytes, int index)
    {
        long* start = (long*)(_bytes.Pointer + starts) + index;
        return new ReadOnlySpan<byte>(_bytes.Pointer + bytes + start[0], (int)(start[1] - start[0]));
    }
}
