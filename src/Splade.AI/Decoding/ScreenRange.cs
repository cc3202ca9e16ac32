namespace Splade.AI.Decoding;

/// <summary>
/// How small and how large numbers may be for the bound of the screen to hold: squares and products of them stay well
/// inside the range of floats.
/// </summary>
/// <remarks>What is outside is not screened but computed. No sound model comes near.</remarks>
internal static class ScreenRange
{
    private const float Least = 1e-15f;
    private const float Most = 1e15f;

    /// <param name="magnitude">The largest magnitude of some numbers.</param>
    public static bool Holds(float magnitude) => magnitude is 0 or (>= Least and <= Most);
}
