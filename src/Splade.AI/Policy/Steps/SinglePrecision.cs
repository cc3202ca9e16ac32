namespace Splade.AI.Policy.Steps;

/// <summary>Products of weights and factors as weights.</summary>
internal static class SinglePrecision
{
    /// <summary>The nearest weight that is finite and greater than zero.</summary>
    public static float Weight(double product) => (float)Math.Clamp(product, float.Epsilon, float.MaxValue);
}
