using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>The largest product of each vocabulary entry of a panel with the tokens of a text, in small integers: four times the rate of floats.</summary>
/// <remarks>
/// Products of bytes are summed in 16 bits that wrap around. That is exact as long as the sum itself fits, however far it strays on the
/// way, and <see cref="ScreenScale"/> chooses the steps so that it fits: no saturation, no wider sums within a block.
/// </remarks>
internal static unsafe class ScreenKernel
{
    /// <summary>How many vocabulary entries a panel has.</summary>
    public const int Columns = 32;

    /// <summary>Dimensions that are summed in 16 bits before they are widened.</summary>
    public const int Block = 128;

    /// <summary>What is added to a hidden state's steps to make them unsigned, as the multiplication of bytes wants one side.</summary>
    public const int Offset = 63;

    /// <summary>By how many steps rounding lengthens a block of n at most: sqrt(n)/2.</summary>
    public static readonly float RoundingOfBlock = MathF.Sqrt(Block) / 2;

    private const int Tokens = 4;
    private const int Lanes = 16;

    /// <param name="hidden">Shape <c>[tokens, width / 2]</c>: two dimensions as bytes, twice, in each number.</param>
    /// <param name="tokens">How many tokens, at least one.</param>
    /// <param name="width">The length of a hidden state, even.</param>
    /// <param name="panel">Shape <c>[width / 2, <see cref="Columns"/>, 2]</c>.</param>
    /// <param name="starts">Shape <c>[blocks, <see cref="Columns"/>]</c>: what takes the offset out of a block's sum.</param>
    /// <param name="maxima">Shape <c>[<see cref="Columns"/>]</c>: receives the largest product of each entry.</param>
    public static void Max(uint* hidden, int tokens, int width, sbyte* panel, short* starts, int* maxima)
    {
        if (width <= Block)
        {
            MaxOfOneBlock(hidden, tokens, width, panel, starts, maxima);
        }
        else
        {
            MaxOfBlocks(hidden, tokens, width, panel, starts, maxima);
        }
    }

    private static void MaxOfOneBlock(uint* hidden, int tokens, int width, sbyte* panel, short* starts, int* maxima)
    {
        short* tile = stackalloc short[Tokens * Columns];
        Vector256<short> low = Vector256.Create(short.MinValue), high = low;
        uint** rows = stackalloc uint*[Tokens];
        for (int start = 0; start < tokens; start += Tokens)
        {
            SetRows(rows, hidden, tokens, width, start);
            SumBlock(rows, width / 2, panel, starts, tile);
            for (short* row = tile; row < tile + (Tokens * Columns); row += Columns)
            {
                low = Avx2.Max(low, Vector256.Load(row));
                high = Avx2.Max(high, Vector256.Load(row + Lanes));
            }
        }

        StoreWide(low, maxima);
        StoreWide(high, maxima + Lanes);
    }

    private static void MaxOfBlocks(uint* hidden, int tokens, int width, sbyte* panel, short* starts, int* maxima)
    {
        short* tile = stackalloc short[Tokens * Columns];
        int* sums = stackalloc int[Tokens * Columns];
        uint** rows = stackalloc uint*[Tokens];
        new Span<int>(maxima, Columns).Fill(int.MinValue);
        for (int start = 0; start < tokens; start += Tokens)
        {
            SetRows(rows, hidden, tokens, width, start);
            new Span<int>(sums, Tokens * Columns).Clear();
            for (int from = 0; from < width; from += Block)
            {
                SumBlock(rows, Math.Min(Block, width - from) / 2, panel + (from * Columns), starts + (from / Block * Columns), tile);
                AddWide(tile, sums);
                for (int i = 0; i < Tokens; i++)
                {
                    rows[i] += Block / 2;
                }
            }

            FoldMax(sums, maxima);
        }
    }

    // The last rows are repeated where the number of tokens is not a multiple: that changes no maximum.
    private static void SetRows(uint** rows, uint* hidden, int tokens, int width, int start)
    {
        for (int i = 0; i < Tokens; i++)
        {
            rows[i] = hidden + ((nint)Math.Min(start + i, tokens - 1) * (width / 2));
        }
    }

    // 4 tokens by 32 columns: 8 sums, two vectors of weights, one of the hidden state and the product.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumBlock(uint** rows, int pairs, sbyte* panel, short* starts, short* tile)
    {
        uint* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3];
        Vector256<short> a0 = Vector256.Load(starts), a1 = a0, a2 = a0, a3 = a0;
        Vector256<short> b0 = Vector256.Load(starts + Lanes), b1 = b0, b2 = b0, b3 = b0;
        for (nint k = 0; k < pairs; k++)
        {
            Vector256<sbyte> a = Vector256.Load(panel);
            Vector256<sbyte> b = Vector256.Load(panel + (2 * Lanes));
            panel += 2 * Columns;
            Vector256<byte> x = Vector256.Create(x0[k]).AsByte();
            a0 += Avx2.MultiplyAddAdjacent(x, a);
            b0 += Avx2.MultiplyAddAdjacent(x, b);
            x = Vector256.Create(x1[k]).AsByte();
            a1 += Avx2.MultiplyAddAdjacent(x, a);
            b1 += Avx2.MultiplyAddAdjacent(x, b);
            x = Vector256.Create(x2[k]).AsByte();
            a2 += Avx2.MultiplyAddAdjacent(x, a);
            b2 += Avx2.MultiplyAddAdjacent(x, b);
            x = Vector256.Create(x3[k]).AsByte();
            a3 += Avx2.MultiplyAddAdjacent(x, a);
            b3 += Avx2.MultiplyAddAdjacent(x, b);
        }

        Store(a0, b0, tile);
        Store(a1, b1, tile + Columns);
        Store(a2, b2, tile + (2 * Columns));
        Store(a3, b3, tile + (3 * Columns));
    }

    private static void Store(Vector256<short> a, Vector256<short> b, short* target)
    {
        a.Store(target);
        b.Store(target + Lanes);
    }

    private static void StoreWide(Vector256<short> values, int* target)
    {
        Avx2.ConvertToVector256Int32(values.GetLower()).Store(target);
        Avx2.ConvertToVector256Int32(values.GetUpper()).Store(target + (Lanes / 2));
    }

    private static void AddWide(short* tile, int* sums)
    {
        for (int i = 0; i < Tokens * Columns; i += Lanes / 2)
        {
            (Vector256.Load(sums + i) + Avx2.ConvertToVector256Int32(tile + i)).Store(sums + i);
        }
    }

    private static void FoldMax(int* sums, int* maxima)
    {
        for (int i = 0; i < Tokens * Columns; i += Lanes / 2)
        {
            int* max = maxima + (i % Columns);
            Avx2.Max(Vector256.Load(max), Vector256.Load(sums + i)).Store(max);
        }
    }
}
