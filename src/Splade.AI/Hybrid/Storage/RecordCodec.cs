using Splade.AI.Search.Dense;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>A record in a log, without its id: text, metadata, the sparse vectors, the dense vectors.</summary>
/// <param name="columns">Which vectors the records have.</param>
internal sealed class RecordCodec(RecordColumns columns) : ICodec<StoredRecord>
{
    /// <summary>In place of a number of items: the value is none.</summary>
    private const int Single = -1;

    private readonly TextCodec _texts = new();
    private readonly SparseVectorCodec _sparse = new();
    private readonly DenseVectorCodec _dense = new();

    public int SizeOf(StoredRecord value) => _texts.SizeOf(value.Text)
        + sizeof(int) + value.Metadata.Sum(field => _texts.SizeOf(field.Key) + sizeof(int) + ItemsOf(field.Value).Sum(item => sizeof(int) + StoredValue.Length(item)))
        + Enumerable.Range(0, columns.Sparse).Sum(column => _sparse.SizeOf(value.SparseAt(column)))
        + Enumerable.Range(0, columns.Dense.Count).Sum(column => _dense.SizeOf(value.DenseAt(column)));

    public void Write(StoredRecord value, ref Span<byte> to)
    {
        _texts.Write(value.Text, ref to);
        ByteCursor.Put(ref to, value.Metadata.Count);
        foreach ((string name, MetadataValue field) in value.Metadata)
        {
            _texts.Write(name, ref to);
            MetadataValue[] items = ItemsOf(field);
            ByteCursor.Put(ref to, field.Kind == MetadataKind.List ? items.Length : Single);
            foreach (MetadataValue item in items)
            {
                int length = StoredValue.Length(item);
                ByteCursor.Put(ref to, length);
                StoredValue.Write(item, to[..length]);
                to = to[length..];
            }
        }

        for (int column = 0; column < columns.Sparse; column++)
        {
            _sparse.Write(value.SparseAt(column), ref to);
        }

        for (int column = 0; column < columns.Dense.Count; column++)
        {
            _dense.Write(value.DenseAt(column), ref to);
        }
    }

    public StoredRecord Read(ref ReadOnlySpan<byte> from)
    {
        string text = _texts.Read(ref from);
        var metadata = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        for (int left = ByteCursor.Take<int>(ref from); left > 0; left--)
        {
            string name = _texts.Read(ref from);
            metadata[name] = ReadField(ref from);
        }

        SparseVector[] sparse = ReadAll(_sparse, columns.Sparse, ref from);
        return new NewRecord(text, metadata.AsReadOnly(), sparse, ReadAll(_dense, columns.Dense.Count, ref from));
    }

    private static T[] ReadAll<T>(ICodec<T> codec, int count, ref ReadOnlySpan<byte> from)
    {
        var all = new T[count];
        for (int i = 0; i < count; i++)
        {
            all[i] = codec.Read(ref from);
        }

        return all;
    }

    private static MetadataValue ReadField(ref ReadOnlySpan<byte> from)
    {
        int count = ByteCursor.Take<int>(ref from);
        var items = new MetadataValue[count == Single ? 1 : count];
        for (int i = 0; i < items.Length; i++)
        {
            int length = ByteCursor.Take<int>(ref from);
            items[i] = StoredValue.Read(from[..length]);
            from = from[length..];
        }

        return count == Single ? items[0] : MetadataValue.FromList(items);
    }

    private static MetadataValue[] ItemsOf(MetadataValue value) => value.Kind == MetadataKind.List ? value.Items : [value];
}
