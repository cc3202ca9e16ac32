using Splade.AI.Tokenization;

namespace Splade.AI.Policy.Steps;

/// <summary>Takes down what the steps do.</summary>
internal sealed class PolicyRecord(Vocabulary vocabulary)
{
    private readonly List<PolicyEffect> _effects = [];

    /// <summary>By ascending id, and for one id in the order of the steps.</summary>
    public IReadOnlyList<PolicyEffect> Effects => Array.AsReadOnly([.. _effects.OrderBy(e => e.Id).ThenBy(e => e.Action)]);

    public void Ban(int id, float before) => _effects.Add(new PolicyEffect(id, vocabulary[id], PolicyAction.Banned, before, 0));

    public void Boost(int id, double factor, float before, float after) =>
        _effects.Add(new PolicyEffect(id, vocabulary[id], PolicyAction.Boosted, before, after) { Factor = factor });

    public void Raise(int id, string synonymOf, double factor, float before, float after) =>
        _effects.Add(new PolicyEffect(id, vocabulary[id], PolicyAction.Synonym, before, after) { Factor = factor, SynonymOf = synonymOf });

    public void Force(int id, double minimum, float before, float after) =>
        _effects.Add(new PolicyEffect(id, vocabulary[id], PolicyAction.Forced, before, after) { Minimum = minimum });
}
