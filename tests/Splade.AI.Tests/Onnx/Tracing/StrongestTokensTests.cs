using Splade.AI.Onnx.Tracing;

namespace Splade.AI.Tests.Onnx.Tracing;

public sealed class StrongestTokensTests
{
    [Fact]
    public void Activate_GeneratedLogits_EqualsASort()
    {
        var random = new Random(3);
        for (int round = 0; round < 500; round++)
        {
            // Few different numbers, so that there are ties; some not above 0.
            float[] logits = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(-5, 10) / 4f)];
            int most = random.Next(1, 12);
            TokenActivation[] expected =
            [
                .. logits.Select((logit, position) => (logit, position))
                    .Where(t => t.logit > 0).OrderByDescending(t => t.logit).ThenBy(t => t.position).Take(most)
                    .Select(t => new TokenActivation(t.position, t.logit * 2)),
            ];
            Assert.Equal(expected, Strongest(logits, most));
        }
    }

    [Fact]
    public void Activate_NoLogitAboveZero_GivesNone() => Assert.Empty(Strongest([-1, 0, float.NaN], 3));

    private static TokenActivation[] Strongest(float[] logits, int most)
    {
        var strongest = new StrongestTokens(new (int, float)[most]);
        for (int i = 0; i < logits.Length; i++)
        {
            strongest.Add(i, logits[i]);
        }

        return strongest.Activate(logit => logit * 2);
    }
}
