namespace Splade.AI.Search.Segments;

/// <summary>What takes in what a folder holds when it is opened.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TVector">The type of the vectors.</typeparam>
internal interface IStoredTable<TKey, TVector>
    where TKey : notnull
{
    /// <summary>Takes in a segment, behind those before.</summary>
    void Add(SegmentPart<TKey, TVector> part);

    /// <summary>Does a logged write again.</summary>
    void Upsert(List<KeyValuePair<TKey, TVector>> items);

    /// <summary>Does a logged removal again.</summary>
    void Remove(TKey[] keys);
}
