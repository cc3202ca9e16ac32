namespace Splade.AI.Tests.Search;

/// <summary>What an index promises about its keys, in the most obvious way: a dictionary with the time of each insertion.</summary>
internal sealed class InsertionOrderedModel<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (int Time, TValue Value)> _entries = [];
    private int _time;

    public IEnumerable<(TKey Key, TValue Value)> Entries =>
        _entries.OrderBy(entry => entry.Value.Time).Select(entry => (entry.Key, entry.Value.Value));

    public void Upsert(IEnumerable<(TKey Key, TValue Value)> items)
    {
        foreach ((TKey key, TValue value) in items)
        {
            _entries[key] = (_time++, value);
        }
    }

    public int Remove(IEnumerable<TKey> keys) => keys.Count(_entries.Remove);
}
