using System.Numerics;

namespace Splade.AI.Tokenization.Models;

/// <summary>What becomes of two neighbouring symbols, and how early: an immutable hash table with open addressing.</summary>
internal sealed class MergeTable
{
    private const ulong NoPair = ulong.MaxValue;

    private readonly Entry[] _entries;

    /// <param name="merges">The merges in the order of training. Of two for the same pair the last counts, as in Hugging Face.</param>
    public MergeTable(IReadOnlyCollection<(int Left, int Right, int Merged)> merges)
    {
        // At most half full, so that what is missing is soon known to be missing.
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)(merges.Count + 1) * 2)];
        Array.Fill(_entries, new Entry(NoPair, 0, 0));
        int rank = 0;
        foreach ((int left, int right, int merged) in merges)
        {
            ulong pair = PairOf(left, right);
            _entries[FindSlot(pair)] = new Entry(pair, rank++, merged);
        }
    }

    /// <param name="left">The left symbol.</param>
    /// <param name="right">The right symbol.</param>
    /// <param name="rank">How early the merge comes, from 0.</param>
    /// <param name="merged">The symbol that both become.</param>
    public bool TryGet(int left, int right, out int rank, out int merged)
    {
        ulong pair = PairOf(left, right);
        ref readonly Entry entry = ref _entries[FindSlot(pair)];
        rank = entry.Rank;
        merged = entry.Merged;
        return entry.Pair == pair;
    }

    private int FindSlot(ulong pair)
    {
        int mask = _entries.Length - 1;
        int slot = (int)((pair * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (_entries[slot].Pair != pair && _entries[slot].Pair != NoPair)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static ulong PairOf(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private readonly record struct Entry(ulong Pair, int Rank, int Merged);
}
