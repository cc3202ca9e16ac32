namespace Splade.AI.Policy;

/// <summary>Multiplies the weights of terms.</summary>
/// <remarks>
/// A term without weight stays without. A word of several tokens is boosted, token by token, where these stand together in the text; it
/// cannot be told otherwise that they mean the word. A rule multiplies a token once, however often it is named; several rules multiply
/// one after the other.
/// </remarks>
public sealed record BoostRule : PolicyRule
{
    internal const string Name = "boost";

    /// <summary>Creates a rule.</summary>
    /// <param name="factor">From 0.001 to 1000: above 1 raises, below 1 lowers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is outside of that.</exception>
    public BoostRule(double factor) => Factor = PolicyLimits.Check(factor, nameof(factor));

    /// <summary>Gets what weights are multiplied by.</summary>
    public double Factor { get; }

    internal override string Kind => Name;
}
