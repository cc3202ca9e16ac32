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
}
