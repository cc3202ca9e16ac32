namespace Splade.AI.Explanation.Rendering.Reports;

/// <summary>Bars of block characters.</summary>
internal static class Bar
{
    private const int Longest = 8;
    private const string Eighths = " ▏▎▍▌▋▊▉";
    private const char Full = '█';

    /// <summary>A bar as long as a part is of the largest.</summary>
    public static string Of(double part, double largest)
    {
        int eighths = largest > 0 ? (int)Math.Round(Math.Clamp(part / largest, 0, 1) * Longest * Eighths.Length) : 0;
        (int full, int rest) = Math.DivRem(eighths, Eighths.Length);
        return new string(Full, full) + (rest > 0 ? Eighths[rest] : "");
    }
}
