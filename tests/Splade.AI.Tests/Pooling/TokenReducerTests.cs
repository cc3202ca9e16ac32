using Splade.AI.Pooling;

namespace Splade.AI.Tests.Pooling;

public sealed class TokenReducerTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 1)]
    [InlineData(17, 100)]
    public void Reduce_RandomRows_EqualsThePlainLoops(int tokens, int width)
    {
        var random = new Random(tokens);
        float[] rows = Enumerable.Range(0, tokens * width).Select(_ => random.NextSingle() - 0.5f).ToArray();
        float[] Column(int c) => Enumerable.Range(0, tokens).Select(t => rows[(t * width) + c]).ToArray();
        AssertReduces(new TokenReduction(LogitPooling.Max), c => Column(c).Max());
        AssertReduces(TokenReduction.Mean, c => Column(c).Average());
        AssertReduces(TokenReduction.First, c => Column(c)[0]);
        AssertReduces(new TokenReduction(LogitPooling.SumOfRelu), c => (float)Column(c).Sum(x => Math.Log(1 + Math.Max(0.0, x))));
        AssertReduces(new TokenReduction(LogitPooling.SumOfLog1pRelu), c => (float)Column(c).Sum(x => Math.Log(1 + Math.Log(1 + Math.Max(0.0, x)))));

        void AssertReduces(TokenReduction reduction, Func<int, float> expected)
        {
            float[] actual = new float[width];
            TokenReducer.Reduce(reduction, rows, actual);
            Assert.All(actual, (value, c) => Assert.Equal(expected(c), value, 1e-6f));
        }
    }
}
