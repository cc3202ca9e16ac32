using System.Numerics;

namespace Splade.AI.Search.Sparse;

/// <summary>Which different weights some vectors have, as far as numbers of 16 bits hold them (<see cref="HalfWeight"/>).</summary>
/// <remarks>Weights that were rounded, to multiples of 1/64 for example, are few: a byte tells which of them it is.</remarks>
internal sealed class WeightSet
{
    /// <summary>How many weights a byte tells apart.</summary>
    public const int MostCodes = byte.MaxValue + 1;

    private const int Halves = ushort.MaxValue + 1;
    private const int WordBits = 64;

    private readonly ulong[] _seen = new ulong[Halves / WordBits];
    private bool _fitHalf = true;

    /// <summary>Bytes that hold any of the weights: 1 where they are few, 2 where 16 bits hold them, else 4.</summary>
    public int Size => !_fitHalf ? sizeof(float) : _seen.Sum(BitOperations.PopCount) <= MostCodes ? sizeof(byte) : sizeof(ushort);

    /// <summary>The weights that 16 bits hold, ascending.</summary>
    public float[] Values => [.. Seen.Select(half => HalfWeight.Decode((ushort)half))];

    private IEnumerable<int> Seen => Enumerable.Range(0, Halves).Where(half => (_seen[half / WordBits] >> half & 1) != 0);

    public void Add(float weight)
    {
        _fitHalf = _fitHalf && HalfWeight.Fits(weight);
        if (_fitHalf)
        {
            ushort half = HalfWeight.Encode(weight);
            _seen[half / WordBits] |= 1UL << half;
        }
    }

    public void Add(WeightSet others)
    {
        _fitHalf = _fitHalf && others._fitHalf;
        for (int i = 0; i < _seen.Length; i++)
        {
            _seen[i] |= others._seen[i];
        }
    }

    /// <summary>The places of the first weights among <see cref="Values"/>, by their 16 bits.</summary>
    public byte[] Codes()
    {
        byte[] codes = new byte[Halves];
        byte next = 0;
        foreach (int half in Seen.Take(MostCodes))
        {
            codes[half] = next++;
        }

        return codes;
    }
}
