using System.Globalization;

namespace Splade.AI.Hybrid;

/// <summary>A side that counts by its scores, which are brought from between two bounds to between 0 and the side's weight.</summary>
/// <param name="weight">The side's weight.</param>
/// <param name="low">The score that becomes 0.</param>
/// <param name="high">The score that becomes the weight, at least <paramref name="low"/>.</param>
/// <param name="flat">What each score becomes, before the weight, where both bounds are one.</param>
internal sealed class ScoreScale(double weight, double low, double high, double flat) : ISideScale
{
    private const int Deviations = 3;

    /// <summary>What Qdrant makes of scores that do not differ.</summary>
    private const double FlatDistribution = .5;

    /// <summary>How far rounding may take a score below the minimum of its measure.</summary>
    private const double Rounding = 1e-4;

    /// <param name="weight">The side's weight.</param>
    /// <param name="scores">The scores of all candidates on that side.</param>
    public static ScoreScale MinMax(double weight, IReadOnlyList<float> scores) => new(weight, scores.Min(), scores.Max(), flat: 1);

    /// <param name="weight">The side's weight.</param>
    /// <param name="scores">The scores of all candidates on that side.</param>
    /// <param name="minimum">The lowest score that there can be.</param>
    /// <exception cref="ArgumentException">A score is lower.</exception>
    public static ScoreScale TheoreticalMinMax(double weight, IReadOnlyList<float> scores, float minimum) => !IsBelow(scores.Min(), minimum)
        ? new ScoreScale(weight, minimum, Math.Max(minimum, scores.Max()), flat: 0)
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Found the score {scores.Min()}, below the minimum {minimum} that theoretical min-max fusion was given. ")
            + "Give the minimum of your measure, or use min-max fusion.");

    /// <summary>Whether a score is known and below a minimum by more than rounding.</summary>
    public static bool IsBelow(float? score, float minimum) => score < minimum - Rounding;

    /// <param name="weight">The side's weight.</param>
    /// <param name="scores">The scores of the candidates that the side itself returned.</param>
    public static ScoreScale DistributionBased(double weight, IReadOnlyList<float> scores)
    {
        double mean = scores.Average(score => (double)score);
        double deviation = scores.Count == 1 ? 0 : Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Count - 1));
        return new ScoreScale(weight, mean - (Deviations * deviation), mean + (Deviations * deviation), FlatDistribution);
    }

    public double Contribution(SideScore score) => score.Score is float known ? weight * (high > low ? (known - low) / (high - low) : flat) : 0;

    public string? Arithmetic(SideScore score) => score.Score is not float known ? null : high > low
        ? string.Create(CultureInfo.InvariantCulture, $"{weight:0.####} * ({known:G5}{Minus(low)}) / ({high:G5}{Minus(low)})")
        : string.Create(CultureInfo.InvariantCulture, $"{weight:0.####} * {flat}");

    private static string Minus(double number) => number < 0
        ? string.Create(CultureInfo.InvariantCulture, $" + {-number:G5}")
        : string.Create(CultureInfo.InvariantCulture, $" - {number:G5}");
}
