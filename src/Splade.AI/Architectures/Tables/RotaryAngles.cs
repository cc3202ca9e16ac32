namespace Splade.AI.Architectures.Tables;

/// <summary>By how much a rotary position turns each pair of a head's numbers, per token.</summary>
/// <param name="PerToken">The angles, half as many as a head has numbers.</param>
internal sealed record RotaryAngles(IReadOnlyList<float> PerToken)
{
    /// <summary>theta<sup>-2j/d</sup> for pair j of a head of d numbers.</summary>
    /// <param name="theta">The base.</param>
    /// <param name="headWidth">d.</param>
    /// <param name="divisor">What all of them are divided by.</param>
    public static RotaryAngles Of(double theta, int headWidth, double divisor = 1) =>
        new([.. Enumerable.Range(0, headWidth / 2).Select(j => (float)(Math.Pow(theta, -2.0 * j / headWidth) / divisor))]);
}
