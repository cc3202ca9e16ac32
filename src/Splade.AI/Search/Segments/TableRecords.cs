using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Segments;

/// <summary>How the writes to a table lie in its log: what was done, how often, and to what.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
internal sealed class TableRecords<TKey, TRecord>(ICodec<TKey> keys, ICodec<TRecord> vectors)
{
    private const byte Upserted = 1;
    private const byte Removed = 2;

    /// <summary>A log with such a record in it can still be read into one array.</summary>
    private const int Largest = 1 << 30;

    /// <summary>Bytes of what is put in.</summary>
    public long SizeOf(IReadOnlyCollection<KeyValuePair<TKey, TRecord>> items) => items.Sum(item => (long)keys.SizeOf(item.Key) + vectors.SizeOf(item.Value));

    public byte[] Upsert(IReadOnlyCollection<KeyValuePair<TKey, TRecord>> items)
    {
        byte[] record = New(Upserted, items.Count, SizeOf(items), out Span<byte> to);
        foreach ((TKey key, TRecord vector) in items)
        {
            keys.Write(key, ref to);
            vectors.Write(vector, ref to);
        }

        return record;
    }

    public byte[] Remove(IReadOnlyCollection<TKey> removed)
    {
        byte[] record = New(Removed, removed.Count, removed.Sum(key => (long)keys.SizeOf(key)), out Span<byte> to);
        foreach (TKey key in removed)
        {
            keys.Write(key, ref to);
        }

        return record;
    }

    /// <summary>Does again what a record says.</summary>
    public void Replay(ReadOnlySpan<byte> record, Action<List<KeyValuePair<TKey, TRecord>>> upsert, Action<TKey[]> remove)
    {
        byte what = ByteCursor.Take<byte>(ref record);
        int count = ByteCursor.Take<int>(ref record);
        if (what == Upserted)
        {
            var items = new List<KeyValuePair<TKey, TRecord>>(count);
            for (int i = 0; i < count; i++)
            {
                TKey key = keys.Read(ref record);
                items.Add(KeyValuePair.Create(key, vectors.Read(ref record)));
            }

            upsert(items);
        }
        else
        {
            var removed = new TKey[count];
            for (int i = 0; i < count; i++)
            {
                removed[i] = keys.Read(ref record);
            }

            remove(removed);
        }
    }

    private static byte[] New(byte what, int count, long length, out Span<byte> behindHeader)
    {
        if (length > Largest)
        {
            throw new ArgumentException($"Found {count} keys of {length} bytes together, expected {Largest} at most in one call. Make several calls.");
        }

        byte[] record = new byte[sizeof(byte) + sizeof(int) + length];
        behindHeader = record;
        ByteCursor.Put(ref behindHeader, what);
        ByteCursor.Put(ref behindHeader, count);
        return record;
    }
}
