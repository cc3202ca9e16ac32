namespace Splade.AI;

/// <summary>Numbers beyond single precision become its last ones, so that no vector of extreme weights ends a search, or has no place in it.</summary>
internal static class SinglePrecision
{
    /// <summary>The nearest weight that is finite and greater than zero.</summary>
    public static float Weight(double product) => (float)Math.Clamp(product, float.Epsilon, float.MaxValue);

    /// <summary>The nearest finite number.</summary>
    /// <param name="score">A score that is a number.</param>
    public static float Score(double score) => (float)Math.Clamp(score, float.MinValue, float.MaxValue);

    /// <summary>The nearest finite number to a sum of products none of which is below 0.</summary>
    public static float Sum(float sum) => Math.Min(sum, float.MaxValue);
}
