using Splade.AI.Pooling;
using Splade.AI.Telemetry;

namespace Splade.AI.Tests.Pooling;

public sealed class SpladePoolingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void FromMaxima_RandomLogits_EqualsTheLiteralFormula(int width)
    {
        var random = new Random(width);
        float[] maxima = Enumerable.Range(0, width).Select(_ => (random.NextSingle() - 0.7f) * 5).ToArray();
        SparseVector actual = SpladePooling.FromMaxima(maxima);
        float[] expected = maxima.Select(m => (float)Math.Log(1.0 + Math.Max(0.0, m))).ToArray();
        Assert.Equal(expected, actual.ToDense());
    }

    [Fact]
    public void FromMaxima_NothingPositive_IsEmpty() => Assert.Equal(0, SpladePooling.FromMaxima([-1, 0, -0.0f]).Count);

    [Fact]
    public void FromMaximaTwice_Logits_TakesTheLogarithmTwice() =>
        Assert.Equal([(float)Math.Log(1 + Math.Log(3)), 0, 0], SpladePooling.FromMaximaTwice([2, -3, 0]).ToDense());

    [Fact]
    public void FromWeights_Row_IsTakenAsItIs() => Assert.Equal([2, 0, 0.5f], SpladePooling.FromWeights([2, -3, 0.5f]).ToDense());
}
