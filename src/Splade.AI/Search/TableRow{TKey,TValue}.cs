namespace Splade.AI.Search;

/// <summary>A key and its value, from the write that put them in to the write that took them out.</summary>
internal sealed class TableRow<TKey, TValue>(TKey key, TValue value)
{
    private long _removedAt = long.MaxValue;

    public TKey Key { get; } = key;

    public TValue Value { get; } = value;

    /// <summary>Takes the row out of every snapshot from <paramref name="version"/> on; earlier ones still hold it.</summary>
    public void RemoveAt(long version) => Volatile.Write(ref _removedAt, version);

    public bool IsLiveAt(long version) => Volatile.Read(ref _removedAt) > version;
}
