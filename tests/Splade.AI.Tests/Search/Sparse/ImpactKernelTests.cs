using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search.Sparse;

public sealed unsafe class ImpactKernelTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(5, 192)]
    [InlineData(40, 1024)]
    public void AddBlocks_RandomBlocks_EqualsThePortableForm(int terms, int rows)
    {
        var random = new Random(terms);
        using var blocks = new AlignedBuffer<byte>((nint)Math.Max(1, terms) * rows);
        byte** starts = stackalloc byte*[terms];
        ushort* factors = stackalloc ushort[terms];
        for (int term = 0; term < terms; term++)
        {
            starts[term] = blocks.Pointer + (term * rows);
            factors[term] = (ushort)random.Next(1, ushort.MaxValue / terms);
            for (int row = 0; row < rows; row++)
            {
                starts[term][row] = (byte)(random.Next(2) * random.Next(256));
            }
        }

        using var expected = new AlignedBuffer<ushort>(rows);
        using var actual = new AlignedBuffer<ushort>(rows);
        actual.Span(0, rows).Fill(7);
        ImpactKernel.AddBlocksPortable(expected.Pointer, starts, factors, terms, rows);
        ImpactKernel.AddBlocks(actual.Pointer, starts, factors, terms, rows);
        Assert.Equal(expected.Span(0, rows), actual.Span(0, rows));
    }

    [Fact]
    public void AddList_AnyCount_AddsTheBoundOfEachRow()
    {
        var random = new Random(1);
        for (int count = 0; count < 30; count++)
        {
            ushort[] rows = [.. Enumerable.Range(0, 100).OrderBy(_ => random.Next()).Take(count).Order().Select(row => (ushort)row)];
            byte[] impacts = [.. rows.Select(_ => (byte)random.Next(1, 256))];
            ushort factor = (ushort)random.Next(1, ushort.MaxValue);
            ushort[] sums = new ushort[100];
            fixed (ushort* target = sums, places = rows)
            fixed (byte* values = impacts)
            {
                ImpactKernel.AddList(target, places, values, count, factor);
            }

            ushort[] expected = new ushort[100];
            for (int i = 0; i < count; i++)
            {
                expected[rows[i]] = ImpactKernel.Bound(impacts[i], factor);
            }

            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void Find_AnyThreshold_IsTheFirstRowThatReachesIt()
    {
        var random = new Random(2);
        foreach (int rows in new[] { 0, 1, 31, 32, 33, 64, 100, 333 })
        {
            ushort[] sums = [.. Enumerable.Range(0, rows).Select(_ => (ushort)random.Next(ushort.MaxValue + 1))];
            foreach (ushort least in new ushort[] { 1, 30_000, 60_000, 65_000, ushort.MaxValue })
            {
                for (int from = 0; from <= rows; from++)
                {
                    int expected = Array.FindIndex(sums, from, sum => sum >= least);
                    fixed (ushort* start = sums)
                    {
                        Assert.Equal(expected < 0 ? rows : expected, ImpactKernel.Find(start, from, rows, least));
                    }
                }
            }
        }
    }

    [Fact]
    public void FindLargest_AnyCount_IsTheLargestOfEachTile()
    {
        var random = new Random(3);
        foreach (int rows in new[] { 1, 63, 64, 65, 128, 1000 })
        {
            ushort[] sums = [.. Enumerable.Range(0, rows).Select(_ => (ushort)random.Next(ushort.MaxValue + 1))];
            ushort[] largest = new ushort[(rows + ImpactKernel.Tile - 1) / ImpactKernel.Tile];
            fixed (ushort* start = sums)
            {
                ImpactKernel.FindLargest(start, rows, largest);
            }

            Assert.Equal(sums.Chunk(ImpactKernel.Tile).Select(tile => tile.Max()), largest);
        }
    }

    [Fact]
    public void CountBefore_AnyList_IsTheNumberOfLowerRows()
    {
        var random = new Random(4);
        foreach (int count in new[] { 0, 1, 2, 7, 100, 900 })
        {
            // Even ones, and all at one end.
            foreach (int within in new[] { 1000, 65_536 })
            {
                ushort[] rows = [.. Enumerable.Range(0, within).OrderBy(_ => random.Next()).Take(count).Order().Select(row => (ushort)row)];
                byte[] bytes = [.. rows.SelectMany(BitConverter.GetBytes), .. new byte[count]];
                fixed (byte* start = bytes)
                {
                    var sut = new ImpactList(start, bytes.Length, blockLength: -1);
                    foreach (int row in new[] { 0, 64, 128, 999, 8192, 65_472, 65_536 })
                    {
                        Assert.Equal(rows.Count(r => r < row), sut.CountBefore(row, 65_536));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1f, true)]
    [InlineData(3.140625f, true)]
    [InlineData(65504f, true)]
    [InlineData(6.1035156E-05f, true)]
    [InlineData(1.0009766f, true)]
    [InlineData(65536f, false)]
    [InlineData(0.1f, false)]
    [InlineData(5.9604645E-08f, false)]
    [InlineData(float.Epsilon, false)]
    public void Fits_Weight_SaysWhetherItComesBackAsItWas(float weight, bool fits)
    {
        Assert.Equal(fits, HalfWeight.Fits(weight));
        if (fits)
        {
            Assert.Equal(BitConverter.HalfToUInt16Bits((Half)weight), HalfWeight.Encode(weight));
            Assert.Equal(weight, HalfWeight.Decode(HalfWeight.Encode(weight)));
        }
    }
}
