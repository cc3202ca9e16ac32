namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>Bars of block characters.</summary>
internal static class Bar
{
    /// <summary>Of the longest bar.</summary>
    public const int Cells = 8;

    private const string Eighths = " ▏▎▍▌▋▊▉";
    private const char Full = '█';

    /// <summary>A bar as long as a part is of the largest.</summary>
    public static string Of(double part, double largest)
    {
        int eighths = largest > 0 ? (int)Math.Round(Math.Clamp(part / largest, 0, 1) * Cells * Eighths.Length) : 0;
        (int full, int rest) = Math.DivRem(eighths, Eighths.Length);
        return new string(Full, full) + (rest > 0 ? Eighths[rest] : "");
    }
}
