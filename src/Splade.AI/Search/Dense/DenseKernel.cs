using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Search.Dense;

/// <summary>Products of rows of small integers with one of them, from -127 to 127. Both forms give the same sums.</summary>
internal static unsafe class DenseKernel
{
    /// <summary>Rows are filled up with zeros to a multiple of this length.</summary>
    public const int Lanes = 32;

    /// <summary>Rows whose products are made together.</summary>
    public const int Rows = 4;

    /// <summary>The longest rows whose products 32 bits hold, whatever the integers are.</summary>
    public const int MostWidth = int.MaxValue / (sbyte.MaxValue * sbyte.MaxValue) / Lanes * Lanes;

    /// <summary>Whether this processor has the fast form.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <param name="rows">Shape <c>[<see cref="Rows"/>, width]</c>.</param>
    /// <param name="query">Shape <c>[width]</c>.</param>
    /// <param name="width">The length of a row, a multiple of <see cref="Lanes"/>, at most <see cref="MostWidth"/>.</param>
    public static Vector128<int> Multiply(sbyte* rows, sbyte* query, int width) =>
        IsSupported ? MultiplyWide(rows, query, width) : MultiplyPortable(rows, query, width);

    /// <inheritdoc cref="Multiply"/>
    internal static Vector128<int> MultiplyPortable(sbyte* rows, sbyte* query, int width)
    {
        Span<int> sums = stackalloc int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < width; i++)
            {
                sums[row] += rows[(row * width) + i] * query[i];
            }
        }

        return Vector128.Create<int>(sums);
    }

    // The multiplication of bytes wants one side without sign: the query gives its sign to the row. Two products of 127 * 127 fit 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<int> MultiplyWide(sbyte* rows, sbyte* query, int width)
    {
        var ones = Vector256.Create((short)1);
        Vector256<int> a = default, b = default, c = default, d = default;
        for (int i = 0; i < width; i += Lanes)
        {
            Vector256<sbyte> factor = Vector256.Load(query + i);
            Vector256<byte> size = Vector256.Abs(factor).AsByte();
            sbyte* row = rows + i;
            a += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(size, Avx2.Sign(Vector256.Load(row), factor)), ones);
            row += width;
            b += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(size, Avx2.Sign(Vector256.Load(row), factor)), ones);
            row += width;
            c += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(size, Avx2.Sign(Vector256.Load(row), factor)), ones);
            row += width;
            d += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(size, Avx2.Sign(Vector256.Load(row), factor)), ones);
        }

        Vector256<int> pairs = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return pairs.GetLower() + pairs.GetUpper();
    }
}
