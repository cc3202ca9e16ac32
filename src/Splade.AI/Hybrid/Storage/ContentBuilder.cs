using System.Runtime.InteropServices;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Makes the contents of a segment: counts, then places.</summary>
/// <param name="records">The records.</param>
/// <param name="room">Gives memory, all zero, for so many bytes of them.</param>
/// <param name="cancellationToken">Ends the work early.</param>
internal sealed unsafe class ContentBuilder(IReadOnlyList<StoredRecord> records, Func<long, SegmentMemory> room, CancellationToken cancellationToken)
{
    private const int CancellationStride = 1024;

    private readonly SortedDictionary<string, FieldValues> _fields = new(StringComparer.Ordinal);

    /// <summary>The metadata of the rows as <see cref="ContentLayout"/> has it, but with the numbers that fields and values got as they came.</summary>
    private readonly List<int> _entries = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _nameNumbers = new(StringComparer.Ordinal);
    private readonly long[] _rowStarts = new long[records.Count + 1];
    private readonly long[] _textStarts = new long[records.Count + 1];

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ContentSegment Build(IReadOnlyList<StoredRecord> records, Func<long, SegmentMemory> room, CancellationToken cancellationToken) =>
        new ContentBuilder(records, room, cancellationToken).Build();

    private ContentSegment Build()
    {
        for (int row = 0; row < records.Count; row++)
        {
            StoredRecord record = Read(row);
            _textStarts[row + 1] = _textStarts[row] + StoredText.Length(record.Text);
            foreach ((string name, MetadataValue value) in record.Metadata)
            {
                AddField(name, value);
            }

            _rowStarts[row + 1] = _entries.Count;
        }

        foreach (FieldValues field in _fields.Values)
        {
            field.Sort();
        }

        ContentLayout layout = Lay();
        SegmentMemory bytes = room(layout.Length);
        try
        {
            MemoryMarshal.Write(new Span<byte>(bytes.Pointer, ContentHeader.Size), layout.Header);
            PlaceFields(bytes.Pointer, layout);
            PlaceRows(bytes.Pointer, layout);
            PlaceTexts(bytes.Pointer, layout);
            return new ContentSegment(bytes, layout);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private void AddField(string name, MetadataValue value)
    {
        if (!_nameNumbers.TryGetValue(name, out int number))
        {
            number = _names.Count;
            _nameNumbers.Add(name, number);
            _names.Add(name);
            _fields.Add(name, new FieldValues());
        }

        FieldValues field = _fields[name];
        if (value.Kind != MetadataKind.List)
        {
            _entries.AddRange([2 * number, field.Add(value)]);
            return;
        }

        MetadataValue[] items = value.Items;
        _entries.AddRange([(2 * number) + 1, items.Length]);
        _entries.AddRange(items.Select(field.Add));
        if (items.Length == 0)
        {
            field.Add(StoredValue.EmptyList);
        }
    }

    private ContentLayout Lay() => ContentLayout.Of(new ContentHeader(
        records.Count,
        _fields.Count,
        checked((int)_fields.Values.Sum(field => (long)field.Sorted.Length)),
        Reserved: 0,
        _entries.Count,
        _fields.Values.Sum(field => field.Counts.Sum()),
        _fields.Keys.Sum(name => (long)StoredText.Length(name)),
        _fields.Values.Sum(field => field.Sorted.Sum(value => (long)StoredValue.Length(value))),
        _textStarts[^1]));

    private void PlaceFields(byte* bytes, ContentLayout layout)
    {
        long* nameStart = (long*)(bytes + layout.NameStarts);
        int* fieldStart = (int*)(bytes + layout.FieldStarts);
        long* valueStart = (long*)(bytes + layout.ValueStarts);
        long* postingStart = (long*)(bytes + layout.PostingStarts);
        foreach ((string name, FieldValues field) in _fields)
        {
            int length = StoredText.Length(name);
            StoredText.Write(name, new Span<byte>(bytes + layout.Names + *nameStart, length));
            nameStart[1] = nameStart[0] + length;
            nameStart++;
            fieldStart[1] = fieldStart[0] + field.Sorted.Length;
            fieldStart++;
            for (int i = 0; i < field.Sorted.Length; i++)
            {
                length = StoredValue.Length(field.Sorted[i]);
                StoredValue.Write(field.Sorted[i], new Span<byte>(bytes + layout.Values + *valueStart, length));
                valueStart[1] = valueStart[0] + length;
                valueStart++;
                postingStart[1] = postingStart[0] + field.Counts[i];
                postingStart++;
            }
        }
    }

    private void PlaceRows(byte* bytes, ContentLayout layout)
    {
        _rowStarts.CopyTo(new Span<long>(bytes + layout.RowStarts, _rowStarts.Length));
        FieldValues[] fields = [.. _names.Select(name => _fields[name])];
        int[] places = new int[_names.Count];
        foreach ((int place, string name) in _fields.Keys.Index())
        {
            places[_nameNumbers[name]] = place;
        }

        var firstValues = new ReadOnlySpan<int>(bytes + layout.FieldStarts, layout.Header.Fields);
        long[] next = new Span<long>(bytes + layout.PostingStarts, layout.Header.Values).ToArray();
        int* entries = (int*)(bytes + layout.Entries);
        int* postings = (int*)(bytes + layout.Postings);
        for (int row = 0; row < records.Count; row++)
        {
            for (int i = (int)_rowStarts[row]; i < _rowStarts[row + 1];)
            {
                int number = _entries[i] / 2;
                bool isList = _entries[i] % 2 != 0;
                entries[i++] = (2 * places[number]) + (isList ? 1 : 0);
                int count = 1;
                if (isList)
                {
                    count = entries[i] = _entries[i];
                    i++;
                }

                for (int item = 0; item < count; item++, i++)
                {
                    entries[i] = firstValues[places[number]] + fields[number].Places[_entries[i]];
                    postings[next[entries[i]]++] = row;
                }

                if (count == 0)
                {
                    postings[next[firstValues[places[number]] + fields[number].PlaceOfEmptyList]++] = row;
                }
            }
        }
    }

    private void PlaceTexts(byte* bytes, ContentLayout layout)
    {
        _textStarts.CopyTo(new Span<long>(bytes + layout.TextStarts, _textStarts.Length));
        for (int row = 0; row < records.Count; row++)
        {
            StoredText.Write(Read(row).Text, new Span<byte>(bytes + layout.Texts + _textStarts[row], (int)(_textStarts[row + 1] - _textStarts[row])));
        }
    }

    private StoredRecord Read(int row)
    {
        if (row % CancellationStride == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return records[row];
    }
}
