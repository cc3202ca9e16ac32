using Splade.AI;
using Splade.Benchmarks.Encoding;

namespace Splade.Benchmarks.Tests.Encoding;

public sealed class FastEmbedArithmeticTests
{
    private const int Length = 5;
    private const int Width = 33;

    private static readonly int[] Lengths = [5, 2, 1];

    [Fact]
    public void Pool_PaddedBatch_EqualsTheDefinition()
    {
        var random = new Random(1);
        float[] logits = [.. Enumerable.Range(0, Lengths.Length * Length * Width).Select(_ => (4 * random.NextSingle()) - 3)];
        long[] mask = [.. Lengths.SelectMany(n => Enumerable.Range(0, Length).Select(i => i < n ? 1L : 0L))];
        IReadOnlyList<SparseVector> vectors = FastEmbedArithmetic.Pool(logits, mask, Lengths.Length, Length);
        for (int row = 0; row < Lengths.Length; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                double maximum = Enumerable.Range(0, Lengths[row]).Max(token => logits[(((row * Length) + token) * Width) + column]);
                Assert.Equal(Math.Log(1 + Math.Max(0, maximum)), vectors[row][column], 1e-6);
            }
        }
    }
}
