using System.Globalization;

namespace Splade.AI.Explanation.Rendering;

/// <summary>Numbers for people, of the invariant culture.</summary>
internal static class Numbers
{
    public static string Weight(double weight) => weight.ToString("F3", CultureInfo.InvariantCulture);

    public static string Activation(float activation) => activation.ToString("F2", CultureInfo.InvariantCulture);

    public static string Score(double score) => score.ToString("F4", CultureInfo.InvariantCulture);

    public static string Share(double share) => share.ToString("P1", CultureInfo.InvariantCulture);

    public static string Count(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");
}
