namespace Splade.AI.Hybrid;

/// <summary>The rules of the weights of rankings, under which no sum of what they bring leaves single precision.</summary>
internal static class RankingWeights
{
    /// <exception cref="ArgumentException">The weights break the rules.</exception>
    public static void Check(IReadOnlyList<float> weights, int count, string parameter)
    {
        if (weights.Count != count)
        {
            throw new ArgumentException($"Found {weights.Count} weights for {count} rankings, expected one for each.", parameter);
        }

        foreach (float weight in weights)
        {
            if (!(float.IsFinite(weight) && weight >= 0))
            {
                throw new ArgumentException($"Found the weight {weight}, expected a finite number of 0 or more.", parameter);
            }
        }

        if (!IsFiniteSum(weights))
        {
            throw new ArgumentException(
                $"Found weights whose sum is beyond single precision, {string.Join(", ", weights)}. Only their ratio counts: divide all by the largest.",
                parameter);
        }
    }

    /// <summary>A weight that is finite and at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static float Require(float weight, string parameter) => float.IsFinite(weight) && weight >= 0
        ? weight
        : throw new ArgumentOutOfRangeException(parameter, weight, "Expected a finite weight of 0 or more.");

    /// <summary>Whether the sum of weights that are finite is so too.</summary>
    public static bool IsFiniteSum(IEnumerable<float> weights) => float.IsFinite((float)weights.Sum(weight => (double)weight));
}
