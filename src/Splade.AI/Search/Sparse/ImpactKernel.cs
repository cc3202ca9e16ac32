using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Search.Sparse;

/// <summary>Adds up what query terms bring to the rows of a window, in 16 bits, never less than it is.</summary>
/// <remarks>
/// An impact i of a term with the factor m counts as <c>i m / 256</c>, rounded down, plus one; 0 counts as nothing. So a row that shares a
/// term with the query has a sum above 0, and each sum is an upper bound. All methods that have two forms give the same sums in both.
/// </remarks>
internal static unsafe class ImpactKernel
{
    /// <summary>Rows of a tile of <see cref="AddBlocks"/>: blocks and sums have room for whole ones.</summary>
    public const int Tile = 64;

    private const int Lanes = 16;

    /// <summary>Whether this processor has the fast form of <see cref="AddBlocks"/>.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>What an impact brings.</summary>
    public static ushort Bound(byte impact, ushort factor) => impact == 0 ? (ushort)0 : (ushort)(((impact * factor) >> 8) + 1);

    /// <summary>Adds a term whose rows are listed.</summary>
    /// <param name="sums">The sums of the window's rows.</param>
    /// <param name="rows">The rows that have the term, by their place in the window.</param>
    /// <param name="impacts">Their impacts, above 0.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="factor">The term's factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddList(ushort* sums, ushort* rows, byte* impacts, int count, ushort factor)
    {
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            ulong four = Unsafe.ReadUnaligned<ulong>(rows + i);
            uint impact = Unsafe.ReadUnaligned<uint>(impacts + i);
            sums[(ushort)four] += (ushort)((((impact & 0xFF) * factor) >> 8) + 1);
            sums[(ushort)(four >> 16)] += (ushort)(((((impact >> 8) & 0xFF) * factor) >> 8) + 1);
            sums[(ushort)(four >> 32)] += (ushort)(((((impact >> 16) & 0xFF) * factor) >> 8) + 1);
            sums[four >> 48] += (ushort)((((impact >> 24) * factor) >> 8) + 1);
        }

        for (; i < count; i++)
        {
            sums[rows[i]] += (ushort)(((impacts[i] * factor) >> 8) + 1);
        }
    }

    /// <summary>Sets the sums of all rows to those of the terms that have a byte for each row.</summary>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="blocks">For each term the impacts of all rows.</param>
    /// <param name="factors">For each term its factor.</param>
    /// <param name="terms">How many terms; for none all sums are 0.</param>
    /// <param name="rows">How many rows, a multiple of <see cref="Tile"/>.</param>
    public static void AddBlocks(ushort* sums, byte** blocks, ushort* factors, int terms, int rows)
    {
        if (IsSupported)
        {
            AddBlocksWide(sums, blocks, factors, terms, rows);
        }
        else
        {
            AddBlocksPortable(sums, blocks, factors, terms, rows);
        }
    }

    /// <inheritdoc cref="AddBlocks"/>
    internal static void AddBlocksPortable(ushort* sums, byte** blocks, ushort* factors, int terms, int rows)
    {
        new Span<ushort>(sums, rows).Clear();
        for (int term = 0; term < terms; term++)
        {
            for (int row = 0; row < rows; row++)
            {
                sums[row] += Bound(blocks[term][row], factors[term]);
            }
        }
    }

    /// <summary>The first row whose sum is not below a threshold; the number of rows if there is none.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="from">The row to begin with.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="least">The threshold.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(ushort* sums, int from, int rows, ushort least)
    {
        var threshold = Vector256.Create(least);
        for (; from <= rows - (2 * Lanes); from += 2 * Lanes)
        {
            Vector256<ushort> low = Vector256.GreaterThanOrEqual(Vector256.Load(sums + from), threshold);
            Vector256<ushort> high = Vector256.GreaterThanOrEqual(Vector256.Load(sums + from + Lanes), threshold);
            if ((low | high) != Vector256<ushort>.Zero)
            {
                uint found = low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << Lanes);
                return from + BitOperations.TrailingZeroCount(found);
            }
        }

        while (from < rows && sums[from] < least)
        {
            from++;
        }

        return from;
    }

    /// <summary>The largest sum of each tile.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="rows">How many rows there are; the last tile may have fewer than <see cref="Tile"/>.</param>
    /// <param name="largest">Receives the largest sums, one for each tile.</param>
    public static void FindLargest(ushort* sums, int rows, Span<ushort> largest)
    {
        for (int tile = 0; tile < largest.Length; tile++)
        {
            ushort* start = sums + (tile * Tile);
            largest[tile] = rows - (tile * Tile) >= Tile ? LargestOf(start) : TensorPrimitives.Max(new ReadOnlySpan<ushort>(start, rows - (tile * Tile)));
        }
    }

    private static ushort LargestOf(ushort* sums)
    {
        Vector256<ushort> all = Vector256.Max(
            Vector256.Max(Vector256.Load(sums), Vector256.Load(sums + Lanes)),
            Vector256.Max(Vector256.Load(sums + (2 * Lanes)), Vector256.Load(sums + (3 * Lanes))));
        Vector128<ushort> half = Vector128.Max(all.GetLower(), all.GetUpper());
        half = Vector128.Max(half, Vector128.Shuffle(half, Vector128.Create((ushort)4, 5, 6, 7, 0, 1, 2, 3)));
        half = Vector128.Max(half, Vector128.Shuffle(half, Vector128.Create((ushort)2, 3, 0, 1, 6, 7, 4, 5)));
        return Math.Max(half[0], half[1]);
    }

    // 64 rows at a time stay in registers over all terms. Bytes are put into the upper halves of 16 bits, so that the upper half of their
    // product with the factor is the impact's share; within each half of a register their order is undone at the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlocksWide(ushort* sums, byte** blocks, ushort* factors, int terms, int rows)
    {
        var one = Vector256.Create((ushort)1);
        for (int row = 0; row < rows; row += Tile)
        {
            Vector256<ushort> a = default, b = default, c = default, d = default;
            for (int term = 0; term < terms; term++)
            {
                var factor = Vector256.Create(factors[term]);
                Vector256<byte> first = Vector256.Load(blocks[term] + row), second = Vector256.Load(blocks[term] + row + (2 * Lanes));
                Vector256<ushort> x = Avx2.UnpackLow(Vector256<byte>.Zero, first).AsUInt16();
                a += Avx2.MultiplyHigh(x, factor) + Avx2.Min(x, one);
                x = Avx2.UnpackHigh(Vector256<byte>.Zero, first).AsUInt16();
                b += Avx2.MultiplyHigh(x, factor) + Avx2.Min(x, one);
                x = Avx2.UnpackLow(Vector256<byte>.Zero, second).AsUInt16();
                c += Avx2.MultiplyHigh(x, factor) + Avx2.Min(x, one);
                x = Avx2.UnpackHigh(Vector256<byte>.Zero, second).AsUInt16();
                d += Avx2.MultiplyHigh(x, factor) + Avx2.Min(x, one);
            }

            Avx2.Permute2x128(a, b, 0x20).Store(sums + row);
            Avx2.Permute2x128(a, b, 0x31).Store(sums + row + Lanes);
            Avx2.Permute2x128(c, d, 0x20).Store(sums + row + (2 * Lanes));
            Avx2.Permute2x128(c, d, 0x31).Store(sums + row + (3 * Lanes));
        }
    }
}
