using System.Numerics;

namespace Splade.AI.Search.Segments;

/// <summary>The keys of a segment's rows, and the row of each key. Does not change; safe for concurrent use.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal sealed class KeyTable<TKey>
    where TKey : notnull
{
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly TKey[] _keys;

    /// <summary>Rows plus one by the hash of their key, the next free place where that is taken; at most half are taken.</summary>
    private readonly int[] _places;
    private readonly int _shift;

    /// <param name="keys">The key of each row; no two are equal. Never written to again.</param>
    public KeyTable(TKey[] keys)
    {
        _keys = keys;
        _places = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * keys.Length))];
        _shift = 64 - BitOperations.Log2((uint)_places.Length);
        for (int row = 0; row < keys.Length; row++)
        {
            int place = PlaceOf(keys[row]);
            while (_places[place] != 0)
            {
                place = Next(place);
            }

            _places[place] = row + 1;
        }
    }

    public TKey this[int row] => _keys[row];

    /// <summary>The row of a key; -1 if there is none.</summary>
    public int Find(TKey key)
    {
        for (int place = PlaceOf(key); _places[place] != 0; place = Next(place))
        {
            if (EqualityComparer<TKey>.Default.Equals(_keys[_places[place] - 1], key))
            {
                return _places[place] - 1;
            }
        }

        return -1;
    }

    // Hash codes of numbers are the numbers: their upper bits, spread, are even enough.
    private int PlaceOf(TKey key) => (int)(((ulong)(uint)key.GetHashCode() * Spread) >> _shift);

    private int Next(int place) => (place + 1) & (_places.Length - 1);
}
