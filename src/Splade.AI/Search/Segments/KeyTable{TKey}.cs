using System.Numerics;

namespace Splade.AI.Search.Segments;

/// <summary>The keys of a segment's rows, and the row of each key. Does not change; safe for concurrent use.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal sealed class KeyTable<TKey>
    where TKey : notnull
{
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly TKey[] _keys;
    private readonly Lock _placing = new();

    /// <summary>
    /// Rows plus one by the hash of their key, the next free place where that is taken; at most half are taken. Made when a key is looked for the
    /// first time: who only searches needs no more than the keys.
    /// </summary>
    private int[]? _places;

    /// <param name="keys">The key of each row; no two are equal. Never written to again.</param>
    public KeyTable(TKey[] keys) => _keys = keys;

    /// <summary>Whether a key can be found at once; if not, the first look makes all others wait.</summary>
    public bool IsReady => Volatile.Read(ref _places) is not null;

    public TKey this[int row] => _keys[row];

    /// <summary>Makes it ready, for whoever has the time for that.</summary>
    public void MakeReady()
    {
        lock (_placing)
        {
            if (!IsReady)
            {
                Volatile.Write(ref _places, Place());
            }
        }
    }

    /// <summary>The row of a key; -1 if there is none.</summary>
    public int Find(TKey key)
    {
        if (!IsReady)
        {
            MakeReady();
        }

        int[] places = _places!;
        for (int place = PlaceOf(key, places); places[place] != 0; place = Next(place, places))
        {
            if (EqualityComparer<TKey>.Default.Equals(_keys[places[place] - 1], key))
            {
                return places[place] - 1;
            }
        }

        return -1;
    }

    private int[] Place()
    {
        int[] places = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * _keys.Length))];
        for (int row = 0; row < _keys.Length; row++)
        {
            int place = PlaceOf(_keys[row], places);
            while (places[place] != 0)
            {
                place = Next(place, places);
            }

            places[place] = row + 1;
        }

        return places;
    }

    // Hash codes of numbers are the numbers: their upper bits, spread, are even enough.
    private static int PlaceOf(TKey key, int[] places) =>
        (int)(((ulong)(uint)key.GetHashCode() * Spread) >> (64 - BitOperations.Log2((uint)places.Length)));

    private static int Next(int place, int[] places) => (place + 1) & (places.Length - 1);
}
