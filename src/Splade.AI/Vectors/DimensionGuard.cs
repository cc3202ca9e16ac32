namespace Splade.AI;

/// <summary>Refuses vectors of different models in one place.</summary>
internal static class DimensionGuard
{
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static void RequireEqual(int found, int expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException(
                $"Found a vector of {found} dimensions, expected {expected} as in those it meets: they come from different models. Encode all with one.",
                parameter);
        }
    }
}
