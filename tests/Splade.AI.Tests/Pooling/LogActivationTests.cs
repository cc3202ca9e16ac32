using Splade.AI.Pooling;

namespace Splade.AI.Tests.Pooling;

public sealed class LogActivationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_NumbersOfAllSizes_IsTheLogarithmToTheLastDigits(bool twice)
    {
        // Beyond a chunk, and down to numbers that 1 swallows.
        float[] logits = [0, -1, float.NegativeZero, .. Enumerable.Range(-300, 1000).Select(i => MathF.Pow(10, i / 20f))];
        float[] actual = [.. logits];
        LogActivation.Apply(actual, twice);
        for (int i = 0; i < logits.Length; i++)
        {
            double expected = LogOnePlus(Math.Max(0, logits[i]));
            expected = twice ? LogOnePlus(expected) : expected;
            Assert.InRange(actual[i], expected * (1 - 3e-7), expected * (1 + 3e-7));
            float alone = twice ? LogActivation.Twice(Math.Max(0, logits[i])) : LogActivation.Once(Math.Max(0, logits[i]));
            Assert.InRange(alone, expected * (1 - 3e-7), expected * (1 + 3e-7));
        }
    }

    [Theory]
    [InlineData(3e-8f, 3e-8f)]
    [InlineData(1e-7f, 9.9999995e-8f)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(1f, 0.6931472f)]
    public void Once_TinyWeights_AreNotLost(float x, float expected) => Assert.Equal(expected, LogActivation.Once(x));

    /// <summary>Slowly: by its series where the sum with 1 would lose digits.</summary>
    private static double LogOnePlus(double x) => x > 1e-4 ? Math.Log(1 + x) : x - (x * x / 2) + (x * x * x / 3);
}
