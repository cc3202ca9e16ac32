using Splade.AI.Policy;

namespace Splade.AI.Explanation;

/// <summary>What a policy has done to a vector, as far as it is known. Immutable.</summary>
internal sealed class AppliedPolicy
{
    private readonly Dictionary<int, PolicyEffect[]> _effects;

    /// <param name="outcome">The vector under the policy, before anything else was done to it.</param>
    public AppliedPolicy(PolicyOutcome outcome)
    {
        _effects = outcome.Effects.GroupBy(e => e.Id).ToDictionary(g => g.Key, g => g.ToArray());
        Banned = [.. outcome.Effects
            .Where(e => e.Action == PolicyAction.Banned && outcome.Vector[e.Id] == 0)
            .OrderByDescending(e => e.Before).ThenBy(e => e.Id)];
    }

    private AppliedPolicy()
    {
        _effects = [];
        Banned = [];
    }

    /// <summary>Nothing was done, or nothing is known of it.</summary>
    public static AppliedPolicy None { get; } = new();

    /// <summary>What was taken out and not brought back, the heaviest first, of equal weights the lower id first.</summary>
    public IReadOnlyList<PolicyEffect> Banned { get; }

    /// <summary>What was done to a term, in the order of the policy's steps.</summary>
    public IReadOnlyList<PolicyEffect> On(int term) => _effects.TryGetValue(term, out PolicyEffect[]? effects) ? effects : [];

    /// <summary>Whether the vector would not have a term without the policy, or has nothing of what the model gave it: a ban comes first.</summary>
    public bool Added(int term) => _effects.TryGetValue(term, out PolicyEffect[]? effects) && (effects[0].Before == 0 || effects[0].After == 0);
}
