using System.Numerics;
using System.Runtime.InteropServices;

namespace Splade.AI.Search.Segments;

/// <summary>Some rows of a segment. Never changes: a set with more rows shares what is the same.</summary>
internal sealed class RowSet
{
    private const int ChunkRows = 1 << 12;
    private const int WordBits = 64;
    private const int BitsOfByte = 8;

    private readonly ulong[]?[] _chunks;

    private RowSet(ulong[]?[] chunks, int count)
    {
        _chunks = chunks;
        Count = count;
    }

    public static RowSet Empty { get; } = new([], 0);

    public int Count { get; }

    /// <summary>The set that <see cref="ToBytes"/> made bytes of.</summary>
    public static RowSet FromBytes(ReadOnlySpan<byte> bytes)
    {
        var rows = new List<int>();
        for (int i = 0; i < bytes.Length; i++)
        {
            for (uint bits = bytes[i]; bits != 0; bits &= bits - 1)
            {
                rows.Add((i * BitsOfByte) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return Empty.With(rows);
    }

    /// <summary>A bit for each row, those of the lowest rows first, up to the last row that is in the set.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[_chunks.Length * (ChunkRows / BitsOfByte)];
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            MemoryMarshal.AsBytes(_chunks[chunk].AsSpan()).CopyTo(bytes.AsSpan(chunk * (ChunkRows / BitsOfByte)));
        }

        return [.. bytes.AsSpan().TrimEnd((byte)0)];
    }

    public bool Contains(int row)
    {
        int chunk = row / ChunkRows;
        return chunk < _chunks.Length && _chunks[chunk] is ulong[] words
            && (words[row % ChunkRows / WordBits] >> (row % WordBits) & 1) != 0;
    }

    /// <summary>The rows that another set lacks, ascending. What both share is not looked at.</summary>
    public IEnumerable<int> Except(RowSet others)
    {
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            ulong[]? words = _chunks[chunk], lacking = chunk < others._chunks.Length ? others._chunks[chunk] : null;
            for (int word = 0; words is not null && words != lacking && word < words.Length; word++)
            {
                for (ulong left = words[word] & ~(lacking?[word] ?? 0); left != 0; left &= left - 1)
                {
                    yield return (chunk * ChunkRows) + (word * WordBits) + BitOperations.TrailingZeroCount(left);
                }
            }
        }
    }

    /// <summary>The set with some rows more. Rows that are in it already, or come twice, change nothing.</summary>
    public RowSet With(IReadOnlyCollection<int> rows)
    {
        if (rows.Count == 0)
        {
            return this;
        }

        var chunks = new ulong[]?[Math.Max(_chunks.Length, (rows.Max() / ChunkRows) + 1)];
        _chunks.CopyTo(chunks, 0);
        int count = Count;
        foreach (IGrouping<int, int> chunk in rows.GroupBy(row => row / ChunkRows))
        {
            ulong[] words = chunks[chunk.Key] is ulong[] known ? [.. known] : new ulong[ChunkRows / WordBits];
            chunks[chunk.Key] = words;
            foreach (int row in chunk)
            {
                ref ulong word = ref words[row % ChunkRows / WordBits];
                ulong bit = 1UL << (row % WordBits);
                count += (word & bit) == 0 ? 1 : 0;
                word |= bit;
            }
        }

        return new RowSet(chunks, count);
    }
}
