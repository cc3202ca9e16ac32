using System.Globalization;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Numbers as CSS reads them.</summary>
internal static class HtmlNumbers
{
    /// <summary>A number from 0 to 1.</summary>
    public static string Factor(double value) => Math.Clamp(value, 0, 1).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The same as a percentage.</summary>
    public static string Percent(double value) => (100 * Math.Clamp(value, 0, 1)).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
