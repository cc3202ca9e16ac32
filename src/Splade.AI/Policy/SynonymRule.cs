namespace Splade.AI.Policy;

/// <summary>Gives other terms a share of the weight of the rule's terms.</summary>
/// <remarks>
/// <para>
/// Every token of <see cref="To"/> gets at least <see cref="Factor"/> times the weight of each of the rule's terms, unless it is banned.
/// One way only, and one step only: what a synonym brings has no synonyms. A second rule makes it go both ways.
/// </para>
/// <para>
/// The weight of a term of several tokens is that of the heaviest of them, and counts where they stand together in the text.
/// </para>
/// </remarks>
public sealed record SynonymRule : PolicyRule
{
    internal const string Name = "synonyms";

    /// <summary>Creates a rule. The terms that have synonyms are named as in every rule; this is what they get.</summary>
    /// <param name="to">The synonyms, as one writes them in a text. A synonym of several tokens gets the weight in each of them.</param>
    /// <param name="factor">From 0.001 to 1000; usually below 1.</param>
    /// <exception cref="ArgumentException"><paramref name="to"/> is empty, or one of it is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is outside of that.</exception>
    public SynonymRule(IEnumerable<string> to, double factor = 1)
    {
        To = PolicyLimits.Check(to, nameof(to));
        Factor = PolicyLimits.Check(factor, nameof(factor));
        if (To.Count == 0)
        {
            throw new ArgumentException("Found no synonym, expected at least one.", nameof(to));
        }
    }

    /// <summary>Creates a rule for one term and one synonym.</summary>
    /// <inheritdoc cref="SynonymRule(IEnumerable{string}, double)"/>
    public SynonymRule(string term, string to, double factor = 1)
        : this([to], factor) => Terms = [term];

    /// <summary>Gets the synonyms, as one writes them in a text.</summary>
    public IReadOnlyList<string> To { get; }

    /// <summary>Gets what a term's weight is multiplied by to get that of its synonyms.</summary>
    public double Factor { get; }

    internal override string Kind => Name;
}
