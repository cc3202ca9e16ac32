using System.Collections;

namespace Splade.AI.Hybrid.Storage;

/// <summary>One part of each of many records, read when it is asked for.</summary>
/// <param name="records">The records.</param>
/// <param name="part">Gives the part.</param>
internal sealed class Projection<T>(IReadOnlyList<StoredRecord> records, Func<StoredRecord, T> part) : IReadOnlyList<T>
{
    public int Count => records.Count;

    public T this[int index] => part(records[index]);

    public IEnumerator<T> GetEnumerator() => records.Select(part).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
