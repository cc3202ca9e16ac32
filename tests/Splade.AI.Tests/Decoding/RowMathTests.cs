using System.Numerics.Tensors;
using Splade.AI.Decoding;

namespace Splade.AI.Tests.Decoding;

public sealed class RowMathTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40), 128, 383, 768];

    [Theory, MemberData(nameof(Lengths))]
    public void LargestMagnitude_OfAnyLength_IsThatOfTheLibrary(int length)
    {
        float[] row = Row(length, seed: 1);
        Assert.Equal(length == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<float>(row)), RowMath.LargestMagnitude(row));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void LargestMagnitude_WithANumberThatIsNone_IsNone(int length)
    {
        for (int i = 0; i < length; i++)
        {
            float[] row = Row(length, seed: 2);
            row[i] = i % 2 == 0 ? float.NaN : float.NegativeInfinity;
            Assert.False(float.IsFinite(RowMath.LargestMagnitude(row)));
            row[length / 2] = float.NaN;
            Assert.Equal(float.NaN, RowMath.LargestMagnitude(row));
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void DotAndNorm_OfAnyLength_AreThoseInDoubles(int length)
    {
        float[] x = Row(length, seed: 3), y = Row(length, seed: 4);
        double product = 0, square = 0, sizes = 0;
        for (int i = 0; i < length; i++)
        {
            product += (double)x[i] * y[i];
            square += (double)x[i] * x[i];
            sizes += Math.Abs((double)x[i] * y[i]);
        }

        Assert.Equal(product, RowMath.Dot(x, y), 1e-6 * (sizes + 1e-9));
        Assert.Equal(Math.Sqrt(square), RowMath.Norm(x), 1e-6 * (Math.Sqrt(square) + 1e-9));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Scale_OfAnyLength_IsThatOfEachNumber(int length)
    {
        float[] row = Row(length, seed: 5), centre = Row(length, seed: 6), factors = Row(length, seed: 7), scaled = new float[length];
        RowMath.Scale(row, centre, factors, scaled);
        Assert.Equal(row.Select((x, i) => (x - centre[i]) * factors[i]), scaled);
    }

    [Fact]
    public void Dot_OfDifferentLengths_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => RowMath.Dot(new float[3], new float[4]));

    private static float[] Row(int length, int seed)
    {
        var random = new Random((1000 * seed) + length);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-3, 4)))];
    }
}
