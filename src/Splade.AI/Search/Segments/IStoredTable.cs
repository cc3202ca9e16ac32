namespace Splade.AI.Search.Segments;

/// <summary>What takes in what a folder holds when it is opened.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
internal interface IStoredTable<TKey, TRecord>
    where TKey : notnull
{
    /// <summary>Takes in a segment, behind those before.</summary>
    void Add(SegmentPart<TKey, TRecord> part);

    /// <summary>Does a logged write again.</summary>
    void Upsert(List<KeyValuePair<TKey, TRecord>> items);

    /// <summary>Does a logged removal again.</summary>
    void Remove(TKey[] keys);
}
