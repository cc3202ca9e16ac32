using System.Globalization;

namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>Numbers and lists as they stand in sentences, of the invariant culture.</summary>
internal static class Phrases
{
    public static string Weight(double weight) => weight.ToString("F3", CultureInfo.InvariantCulture);

    public static string Activation(float activation) => activation.ToString("F2", CultureInfo.InvariantCulture);

    public static string Score(double score) => score.ToString("F4", CultureInfo.InvariantCulture);

    public static string Share(double share) => share.ToString("P1", CultureInfo.InvariantCulture);

    public static string Count(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");

    /// <summary>The first of some items, and how many more there are.</summary>
    /// <param name="items">The items that there are.</param>
    /// <param name="top">How many are named; null for all.</param>
    /// <param name="count">How many there are in all, if not all of them are in <paramref name="items"/>.</param>
    public static string List(IEnumerable<string> items, int? top, int? count = null)
    {
        string[] all = [.. items];
        string[] named = [.. all.Take(top ?? all.Length)];
        int more = (count ?? all.Length) - named.Length;
        return more > 0 ? $"{string.Join(", ", named)} and {more} more" : string.Join(", ", named);
    }
}
