using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Splade.AI.Search;

/// <summary>What a <see cref="MemTable{TKey, TValue}"/> held after one of its writes. Never changes.</summary>
/// <remarks>
/// The row array is shared with later snapshots, which append behind <paramref name="rowCount"/> and mark the rows they remove with
/// their own, higher version; neither can be seen from here.
/// </remarks>
internal sealed class MemTableSnapshot<TKey, TValue>(
    TableRow<TKey, TValue>[] rows, int rowCount, long version, ImmutableDictionary<TKey, TableRow<TKey, TValue>> byKey)
    where TKey : notnull
    where TValue : class
{
    /// <summary>How many rows a scan reads between two looks at its cancellation token: well under a millisecond.</summary>
    private const int CancellationStride = 1024;

    /// <summary>Removed rows that are not worth the copy that drops them.</summary>
    private const int AcceptedGaps = 32;

    public static MemTableSnapshot<TKey, TValue> Empty { get; } = new([], 0, 0, ImmutableDictionary<TKey, TableRow<TKey, TValue>>.Empty);

    public int Count => byKey.Count;

    public int RowCount => rowCount;

    public long Version => version;

    public ImmutableDictionary<TKey, TableRow<TKey, TValue>> ByKey => byKey;

    /// <summary>Whether removed rows outweigh the live ones, or are all that is left.</summary>
    public bool NeedsPacking => rowCount > 0 && (Count == 0 || rowCount - Count > Count + AcceptedGaps);

    /// <summary>A value of the table, which tells the dimensions of all of them; null if it is empty.</summary>
    public TValue? AnyValue => rowCount == 0 ? null : rows[0].Value;

    /// <summary>The keys, by insertion.</summary>
    public IEnumerable<TKey> Keys => LiveRows().Select(row => row.Key);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool found = byKey.TryGetValue(key, out TableRow<TKey, TValue>? row);
        value = found ? row!.Value : null;
        return found;
    }

    /// <summary>Offers all rows that are hits, with their places behind a first one as positions.</summary>
    /// <param name="best">Is offered the rows.</param>
    /// <param name="score">Null for a row that is no hit.</param>
    /// <param name="limits">Which keys may be hits.</param>
    /// <param name="isHit">Which values may be hits; null for all.</param>
    /// <param name="firstPosition">The position of the first row.</param>
    public void OfferTo(BestRows best, Func<TValue, float?> score, SearchLimits<TKey> limits, Func<TValue, bool>? isHit, long firstPosition)
    {
        for (int i = 0; i < rowCount; i++)
        {
            if (i % CancellationStride == 0)
            {
                limits.CancellationToken.ThrowIfCancellationRequested();
            }

            TableRow<TKey, TValue> row = rows[i];
            if (row.IsLiveAt(version) && limits.Filter?.Invoke(row.Key) is not false && isHit?.Invoke(row.Value) is not false
                && score(row.Value) is float points)
            {
                best.Offer(points, firstPosition + i);
            }
        }
    }

    /// <summary>The key of a row.</summary>
    public TKey KeyAt(int row) => rows[row].Key;

    /// <summary>The rows that are there, by insertion.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Items => LiveRows().Select(row => KeyValuePair.Create(row.Key, row.Value));

    /// <summary>The rows, with room for more behind them: the same array or a copy of twice the size.</summary>
    public TableRow<TKey, TValue>[] RowsWithRoomFor(int more)
    {
        TableRow<TKey, TValue>[] roomy = rows;
        if (rowCount + more > rows.Length)
        {
            Array.Resize(ref roomy, Math.Max(rowCount + more, 2 * rows.Length));
        }

        return roomy;
    }

    /// <summary>The next version, in which only the given rows are left.</summary>
    public MemTableSnapshot<TKey, TValue> With(ImmutableDictionary<TKey, TableRow<TKey, TValue>> remaining) =>
        new(rows, rowCount, version + 1, remaining);

    /// <summary>The same contents and version in an array without removed rows.</summary>
    public MemTableSnapshot<TKey, TValue> Packed() => new([.. LiveRows()], Count, version, byKey);

    private IEnumerable<TableRow<TKey, TValue>> LiveRows() => rows.Take(rowCount).Where(row => row.IsLiveAt(version));
}
