using System.Numerics;
using System.Numerics.Tensors;

namespace Splade.AI.Search;

/// <summary>Some rows of a segment, a bit for each row. Not to be changed once others read it.</summary>
/// <param name="rows">How many rows the segment has.</param>
internal sealed class RowMask(int rows)
{
    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[(rows + WordBits - 1) / WordBits];

    /// <summary>How many rows there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>The rows, ascending.</summary>
    public IEnumerable<int> Rows
    {
        get
        {
            for (int word = 0; word < _words.Length; word++)
            {
                for (ulong left = _words[word]; left != 0; left &= left - 1)
                {
                    yield return (word * WordBits) + BitOperations.TrailingZeroCount(left);
                }
            }
        }
    }

    public bool Contains(int row) => (_words[row / WordBits] >> (row % WordBits) & 1) != 0;

    public void Add(int row) => _words[row / WordBits] |= 1UL << (row % WordBits);

    public void Remove(int row) => _words[row / WordBits] &= ~(1UL << (row % WordBits));

    /// <summary>Leaves the rows that another one has too.</summary>
    public void And(RowMask other) => TensorPrimitives.BitwiseAnd(_words, other._words, _words);

    /// <summary>The rows that both have, apart from either.</summary>
    public RowMask Common(RowMask other)
    {
        var common = new RowMask(rows);
        TensorPrimitives.BitwiseAnd(_words, other._words, common._words);
        return common;
    }

    /// <summary>Takes in the rows of another one.</summary>
    public void Or(RowMask other) => TensorPrimitives.BitwiseOr(_words, other._words, _words);

    /// <summary>Has all the rows that it has not.</summary>
    public void Invert()
    {
        TensorPrimitives.OnesComplement(_words, _words);
        if (rows % WordBits != 0)
        {
            _words[^1] &= (1UL << (rows % WordBits)) - 1;
        }
    }
}
