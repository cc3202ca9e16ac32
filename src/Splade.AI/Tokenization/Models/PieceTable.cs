using System.Diagnostics;
using System.Numerics;

namespace Splade.AI.Tokenization.Models;

/// <summary>Looks up pieces of words by their characters: an immutable hash table with open addressing.</summary>
/// <remarks>
/// Unlike a dictionary it takes a hash that grows with the word, character by character: one walk over a word gives the hashes of all its
/// prefixes, and whoever walks over a word anyway has the hash of the whole for free. A hash that agrees is always verified.
/// </remarks>
internal sealed class PieceTable
{
    /// <summary>The hash of the empty piece.</summary>
    public const uint EmptyHash = 0x811C9DC5;

    // BERT's longest piece has 18 characters.
    private const int HashesAtHand = 64;

    private readonly Entry[] _entries;
    private readonly char[] _characters;
    private readonly int _longest;

    /// <param name="pieces">Distinct pieces, none empty, with their ids.</param>
    public PieceTable(IReadOnlyCollection<(string Piece, int Id)> pieces)
    {
        // At most half full, so that what is missing is soon known to be missing.
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)(pieces.Count + 1) * 2)];
        _characters = new char[pieces.Sum(piece => piece.Piece.Length)];
        int used = 0;
        foreach ((string piece, int id) in pieces)
        {
            Debug.Assert(piece.Length > 0, "A piece is never empty.");
            piece.CopyTo(_characters.AsSpan(used));
            uint hash = Hash(piece);
            _entries[FreeSlot(hash)] = new Entry(hash, id, used, piece.Length);
            used += piece.Length;
            _longest = Math.Max(_longest, piece.Length);
        }
    }

    /// <summary>The hash of a piece with one more character.</summary>
    public static uint Extend(uint hash, char next) => (hash ^ next) * 0x01000193;

    public static uint Hash(ReadOnlySpan<char> piece)
    {
        uint hash = EmptyHash;
        foreach (char c in piece)
        {
            hash = Extend(hash, c);
        }

        return hash;
    }

    /// <param name="piece">The piece, not empty.</param>
    /// <param name="hash">Its hash, as <see cref="Hash"/> gives it.</param>
    /// <param name="id">Its id, or -1.</param>
    public bool TryGet(ReadOnlySpan<char> piece, uint hash, out int id)
    {
        int mask = _entries.Length - 1;
        for (int slot = SlotOf(hash, mask); ; slot = (slot + 1) & mask)
        {
            ref readonly Entry entry = ref _entries[slot];
            if (entry.Length == 0)
            {
                id = -1;
                return false;
            }

            if (entry.Hash == hash && piece.SequenceEqual(_characters.AsSpan(entry.Start, entry.Length)))
            {
                id = entry.Id;
                return true;
            }
        }
    }

    /// <summary>Finds the longest piece that a text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The length of the piece, or 0.</param>
    /// <param name="id">The id of the piece, or -1.</param>
    public bool TryGetLongestPrefix(ReadOnlySpan<char> text, out int length, out int id)
    {
        Span<uint> hashes = stackalloc uint[HashesAtHand];
        int end = Math.Min(text.Length, _longest);
        uint hash = EmptyHash;
        for (int i = 0; i < Math.Min(end, hashes.Length); i++)
        {
            hash = Extend(hash, text[i]);
            hashes[i] = hash;
        }

        for (length = end; length > 0; length--)
        {
            ReadOnlySpan<char> prefix = text[..length];
            if (TryGet(prefix, length <= hashes.Length ? hashes[length - 1] : Hash(prefix), out id))
            {
                return true;
            }
        }

        id = -1;
        return false;
    }

    private int FreeSlot(uint hash)
    {
        int mask = _entries.Length - 1;
        int slot = SlotOf(hash, mask);
        while (_entries[slot].Length != 0)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    // A multiplication carries upwards only: the upper half is needed to spread the lower one.
    private static int SlotOf(uint hash, int mask) => (int)(hash ^ (hash >> 15)) & mask;

    /// <summary>A piece: <see cref="Length"/> characters from <see cref="Start"/>. An entry of length 0 is free.</summary>
    private readonly record struct Entry(uint Hash, int Id, int Start, int Length);
}
