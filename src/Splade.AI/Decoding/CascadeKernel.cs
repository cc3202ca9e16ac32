using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>What a stage of the cascade works on.</summary>
internal unsafe struct CascadeStage
{
    /// <summary>As <see cref="CascadeText.Stage"/> has it.</summary>
    public uint* Hidden;

    /// <summary>Whether nothing comes before it.</summary>
    public bool IsFirst;

    /// <summary>How many dimensions the stage has, two by two; an even number.</summary>
    public nint Pairs;

    /// <summary>Shape <c>[pairs, <see cref="ScreenKernel.Columns"/>, 2]</c>: the weights.</summary>
    public sbyte* Panel;

    /// <summary>Shape <c>[<see cref="ScreenKernel.Columns"/>]</c>: what takes the offset out of the stage's sums.</summary>
    public short* Starts;

    /// <summary>Shape <c>[<see cref="ScreenKernel.Columns"/>]</c>: how long weights are in the dimensions that are left.</summary>
    public ushort* Rests;

    /// <summary>Shape <c>[<see cref="ScreenKernel.Columns"/>]</c>: what a sum and the rest must exceed.</summary>
    public short* Thresholds;
}

/// <summary>Adds a stage's products to the sums of some tokens, and keeps the tokens that may still be positive for an entry of the panel.</summary>
/// <remarks>
/// Tokens are kept without a branch: each is written behind those that were kept, and the place moves on if it may be positive. So a stage
/// works on four tokens side by side, whichever they are. Sums are those of <see cref="ScreenKernel"/>: 16 bits that may wrap around.
/// </remarks>
internal static unsafe class CascadeKernel
{
    /// <summary>Lengths of what is left are whole numbers of such parts of a step: the product of two, without its lower 16 bits, is in steps.</summary>
    public const int Fraction = 256;

    private const int Columns = ScreenKernel.Columns;
    private const int Lanes = Columns / 2;
    private const int Together = 4;

    /// <param name="stage">The stage.</param>
    /// <param name="count">How many tokens were kept; up to three more are written behind them.</param>
    /// <param name="tokens">The tokens that were kept, of which the first stage has all; receives those that are kept now.</param>
    /// <param name="sums">Shape <c>[tokens, <see cref="ScreenKernel.Columns"/>]</c>: their sums, of which the first stage has none; receives those of the kept.</param>
    /// <param name="entries">Null but after the last stage: receives a bit for each entry of the panel for which a token may be positive.</param>
    /// <returns>How many are kept. Some of the last ones may be there twice.</returns>
    // 4 tokens by 32 columns: 8 sums, four vectors of weights, and products.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Advance(CascadeStage* stage, int count, int* tokens, short* sums, uint* entries)
    {
        bool isFirst = stage->IsFirst;
        if (!isFirst)
        {
            count = FillUp(count, tokens, sums);
        }

        nint kept = 0, pairs = stage->Pairs, stride = pairs + 1;
        for (nint at = 0; at < count; at += Together)
        {
            nint t0 = isFirst ? at : tokens[at], t1 = isFirst ? at + 1 : tokens[at + 1];
            nint t2 = isFirst ? at + 2 : tokens[at + 2], t3 = isFirst ? at + 3 : tokens[at + 3];
            uint* x0 = stage->Hidden + (t0 * stride), x1 = stage->Hidden + (t1 * stride), x2 = stage->Hidden + (t2 * stride), x3 = stage->Hidden + (t3 * stride);
            Vector256<short> a0 = Vector256.Load(stage->Starts), a1 = a0, a2 = a0, a3 = a0;
            Vector256<short> b0 = Vector256.Load(stage->Starts + Lanes), b1 = b0, b2 = b0, b3 = b0;
            if (!isFirst)
            {
                short* from = sums + (at * Columns);
                a0 += Vector256.Load(from);
                b0 += Vector256.Load(from + Lanes);
                a1 += Vector256.Load(from + Columns);
                b1 += Vector256.Load(from + Columns + Lanes);
                a2 += Vector256.Load(from + (2 * Columns));
                b2 += Vector256.Load(from + (2 * Columns) + Lanes);
                a3 += Vector256.Load(from + (3 * Columns));
                b3 += Vector256.Load(from + (3 * Columns) + Lanes);
            }

            sbyte* panel = stage->Panel;
            for (nint k = 0; k < pairs; k += 2)
            {
                Vector256<sbyte> a = Vector256.Load(panel), b = Vector256.Load(panel + Columns);
                Vector256<sbyte> c = Vector256.Load(panel + (2 * Columns)), d = Vector256.Load(panel + (3 * Columns));
                panel += 4 * Columns;
                Vector256<byte> x = Vector256.Create(x0[k]).AsByte(), y = Vector256.Create(x0[k + 1]).AsByte();
                a0 += Avx2.MultiplyAddAdjacent(x, a) + Avx2.MultiplyAddAdjacent(y, c);
                b0 += Avx2.MultiplyAddAdjacent(x, b) + Avx2.MultiplyAddAdjacent(y, d);
                x = Vector256.Create(x1[k]).AsByte();
                y = Vector256.Create(x1[k + 1]).AsByte();
                a1 += Avx2.MultiplyAddAdjacent(x, a) + Avx2.MultiplyAddAdjacent(y, c);
                b1 += Avx2.MultiplyAddAdjacent(x, b) + Avx2.MultiplyAddAdjacent(y, d);
                x = Vector256.Create(x2[k]).AsByte();
                y = Vector256.Create(x2[k + 1]).AsByte();
                a2 += Avx2.MultiplyAddAdjacent(x, a) + Avx2.MultiplyAddAdjacent(y, c);
                b2 += Avx2.MultiplyAddAdjacent(x, b) + Avx2.MultiplyAddAdjacent(y, d);
                x = Vector256.Create(x3[k]).AsByte();
                y = Vector256.Create(x3[k + 1]).AsByte();
                a3 += Avx2.MultiplyAddAdjacent(x, a) + Avx2.MultiplyAddAdjacent(y, c);
                b3 += Avx2.MultiplyAddAdjacent(x, b) + Avx2.MultiplyAddAdjacent(y, d);
            }

            Vector256<short> aLeast = Vector256.Load(stage->Thresholds), bLeast = Vector256.Load(stage->Thresholds + Lanes);
            if (entries is not null)
            {
                kept = KeepEntries(Possible(a0, aLeast), Possible(b0, bLeast), t0, tokens, entries, kept);
                kept = KeepEntries(Possible(a1, aLeast), Possible(b1, bLeast), t1, tokens, entries, kept);
                kept = KeepEntries(Possible(a2, aLeast), Possible(b2, bLeast), t2, tokens, entries, kept);
                kept = KeepEntries(Possible(a3, aLeast), Possible(b3, bLeast), t3, tokens, entries, kept);
            }
            else
            {
                Vector256<ushort> aRest = Vector256.Load(stage->Rests), bRest = Vector256.Load(stage->Rests + Lanes);
                kept = Keep(a0, b0, aRest, bRest, aLeast, bLeast, t0, x0 + pairs, tokens, sums, kept);
                kept = Keep(a1, b1, aRest, bRest, aLeast, bLeast, t1, x1 + pairs, tokens, sums, kept);
                kept = Keep(a2, b2, aRest, bRest, aLeast, bLeast, t2, x2 + pairs, tokens, sums, kept);
                kept = Keep(a3, b3, aRest, bRest, aLeast, bLeast, t3, x3 + pairs, tokens, sums, kept);
            }
        }

        return (int)kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Keep(
        Vector256<short> a,
        Vector256<short> b,
        Vector256<ushort> aRest,
        Vector256<ushort> bRest,
        Vector256<short> aLeast,
        Vector256<short> bLeast,
        nint token,
        uint* rest,
        int* tokens,
        short* sums,
        nint kept)
    {
        tokens[kept] = (int)token;
        short* target = sums + (kept * Columns);
        a.Store(target);
        b.Store(target + Lanes);
        Vector256<ushort> length = Vector256.Create(*rest).AsUInt16();
        Vector256<short> possible = Possible(Avx2.AddSaturate(a, Avx2.MultiplyHigh(length, aRest).AsInt16()), aLeast)
            | Possible(Avx2.AddSaturate(b, Avx2.MultiplyHigh(length, bRest).AsInt16()), bLeast);
        return kept + (possible.AsByte().ExtractMostSignificantBits() != 0 ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint KeepEntries(Vector256<short> a, Vector256<short> b, nint token, int* tokens, uint* entries, nint kept)
    {
        tokens[kept] = (int)token;
        uint possible = Avx2.Permute4x64(Avx2.PackSignedSaturate(a, b).AsInt64(), 0b11_01_10_00).AsByte().ExtractMostSignificantBits();
        entries[kept] = possible;
        return kept + (possible != 0 ? 1 : 0);
    }

    private static Vector256<short> Possible(Vector256<short> sum, Vector256<short> least) => Avx2.CompareGreaterThan(sum, least);

    // The last one is repeated: that adds nothing new.
    private static int FillUp(int count, int* tokens, short* sums)
    {
        for (; count % Together != 0; count++)
        {
            tokens[count] = tokens[count - 1];
            Buffer.MemoryCopy(sums + ((count - 1) * Columns), sums + (count * Columns), Columns * sizeof(short), Columns * sizeof(short));
        }

        return count;
    }
}
