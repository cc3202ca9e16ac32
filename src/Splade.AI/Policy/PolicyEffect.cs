using System.Diagnostics;
using System.Globalization;

namespace Splade.AI.Policy;

/// <summary>Describes what one step of a policy has done to one entry of a vector.</summary>
/// <param name="Id">The position of the entry: the id of its token.</param>
/// <param name="Token">The token, as the vocabulary writes it.</param>
/// <param name="Action">The step.</param>
/// <param name="Before">The weight before the step; 0 where there was none.</param>
/// <param name="After">The weight after the step; 0 where it was taken out.</param>
public sealed record PolicyEffect(int Id, string Token, PolicyAction Action, float Before, float After)
{
    /// <summary>
    /// Gets the factor: for <see cref="PolicyAction.Boosted"/> the product of those of all rules, for <see cref="PolicyAction.Synonym"/> that of
    /// the rule; else null.
    /// </summary>
    public double? Factor { get; init; }

    /// <summary>Gets the minimum weight, for <see cref="PolicyAction.Forced"/>; else null.</summary>
    public double? Minimum { get; init; }

    /// <summary>Gets where the weight comes from, for <see cref="PolicyAction.Synonym"/>: a token, or a word of several tokens; else null.</summary>
    public string? SynonymOf { get; init; }

    /// <summary>The effect in a few words: <c>banned (had 0.42)</c>, <c>boosted x2</c>, <c>synonym of car x0.8</c>, <c>forced to 1.5</c>.</summary>
    public override string ToString() => Action switch
    {
        PolicyAction.Banned => string.Create(CultureInfo.InvariantCulture, $"banned (had {Before:0.###})"),
        PolicyAction.Boosted => string.Create(CultureInfo.InvariantCulture, $"boosted x{Factor:0.###}"),
        PolicyAction.Synonym => string.Create(CultureInfo.InvariantCulture, $"synonym of {SynonymOf} x{Factor:0.###}"),
        PolicyAction.Forced => string.Create(CultureInfo.InvariantCulture, $"forced to {Minimum:0.###}"),
        _ => throw new UnreachableException($"An effect of kind {Action}."),
    };
}
