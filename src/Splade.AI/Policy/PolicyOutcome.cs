namespace Splade.AI.Policy;

/// <summary>A vector under a policy, and how it differs from the model's own.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
/// <param name="Vector">The vector, the same as without effects.</param>
/// <param name="Effects">What was changed, by ascending id, and for one id in the order of the steps. Entries that are not named are the model's own.</param>
internal sealed record PolicyOutcome(SparseVector Vector, IReadOnlyList<PolicyEffect> Effects)
{
    /// <summary>What was done to one entry, in the order of the steps; none if nothing was.</summary>
    /// <param name="id">The position of the entry: the id of its token.</param>
    public IEnumerable<PolicyEffect> On(int id) => Effects.Where(effect => effect.Id == id);
}
