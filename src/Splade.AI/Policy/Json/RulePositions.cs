namespace Splade.AI.Policy.Json;

/// <summary>Where a rule and what it names stand in a file.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class RulePositions
{
    private readonly PolicyPosition _rule;
    private readonly Dictionary<(string Member, string Text), PolicyPosition> _texts = [];

    public RulePositions(RuleJson rule)
    {
        _rule = rule.Position;
        foreach ((string member, List<PolicyText> texts) in rule.Texts)
        {
            foreach (PolicyText text in texts)
            {
                _texts.TryAdd((member, text.Value), text.Position);
            }
        }
    }

    /// <summary>The place of a text in a member of the rule, or that of the rule if the text is not there.</summary>
    public PolicyPosition Of(string member, string text) => _texts.GetValueOrDefault((member, text), _rule);
}
