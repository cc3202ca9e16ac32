namespace Splade.AI.Policy.Json;

/// <summary>Makes rules of what stands in a file.</summary>
/// <param name="lists">The lists that the file defines, by name.</param>
internal sealed class RuleFactory(IReadOnlyDictionary<string, PolicyWordList> lists)
{
    /// <exception cref="VocabularyPolicyException">The rule lacks something, or names a list that there is not.</exception>
    public PolicyRule Create(RuleJson json)
    {
        if (json.Texts.Keys.All(member => member == PolicyNames.To))
        {
            throw Incomplete(
                json, $"names no term, expected one or more of {PolicyNames.Terms}, {PolicyNames.Tokens}, {PolicyNames.Patterns}, {PolicyNames.Lists}");
        }

        PolicyRule rule = json.Kind switch
        {
            BanRule.Name => new BanRule(),
            BoostRule.Name => new BoostRule(Number(json, PolicyNames.Factor)),
            SynonymRule.Name => new SynonymRule(Synonyms(json), json.Number ?? 1),
            _ => new ForceRule(Number(json, PolicyNames.Weight)),
        };
        return rule with
        {
            Terms = Texts(json, PolicyNames.Terms),
            Tokens = Texts(json, PolicyNames.Tokens),
            Patterns = Texts(json, PolicyNames.Patterns),
            WordLists = Lists(json),
            AppliesTo = json.Scope,
            Positions = new RulePositions(json),
        };
    }

    private static string[] Texts(RuleJson json, string member) => [.. json.Texts.GetValueOrDefault(member, []).Select(t => t.Value)];

    private static string[] Synonyms(RuleJson json) =>
        Texts(json, PolicyNames.To) is { Length: > 0 } synonyms ? synonyms : throw Incomplete(json, $"has no '{PolicyNames.To}', expected the synonyms");

    private static double Number(RuleJson json, string member) => json.Number ?? throw Incomplete(json, $"has no '{member}', expected a number");

    private PolicyWordList[] Lists(RuleJson json) => [.. json.Texts.GetValueOrDefault(PolicyNames.Lists, []).Select(Find)];

    private PolicyWordList Find(PolicyText name) =>
        lists.GetValueOrDefault(name.Value) ?? PolicyWordList.FindBuiltIn(name.Value) ?? throw new VocabularyPolicyException(
            $"Found the list '{name.Value}', expected one of {string.Join(", ", lists.Keys.Concat(PolicyWordList.BuiltInNames))}. "
            + $"Define it under '{PolicyNames.Lists}' at the top of the file.",
            name.Position);

    private static VocabularyPolicyException Incomplete(RuleJson json, string problem) => new($"A {json.Kind} rule {problem}.", json.Position);
}
