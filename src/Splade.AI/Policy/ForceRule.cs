namespace Splade.AI.Policy;

/// <summary>Gives terms that stand in the text a minimum weight, so that they are found by it: product codes, part numbers, names.</summary>
/// <remarks>
/// <para>
/// Only what the text has in so many words is forced, never an expansion, and only in the part of the text that the model reads. A word
/// of several tokens is forced where these stand together, and no letter or digit before or after them makes them a part of a longer
/// word. Each of its tokens gets the minimum.
/// </para>
/// <para>It is the last step, and goes before a ban.</para>
/// </remarks>
public sealed record ForceRule : PolicyRule
{
    internal const string Name = "force";

    /// <summary>Creates a rule.</summary>
    /// <param name="weight">The minimum, from 0.001 to 1000. Weights of most models lie between 0 and 4.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is outside of that.</exception>
    public ForceRule(double weight) => Weight = PolicyLimits.Check(weight, nameof(weight));

    /// <summary>Gets the minimum weight.</summary>
    public double Weight { get; }

    internal override string Kind => Name;
}
