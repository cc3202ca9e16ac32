namespace Splade.AI.Policy.Json;

/// <summary>Reads a policy file: lists under their names, and arrays of rules under the names of their kinds.</summary>
internal static class PolicyReader
{
    /// <exception cref="VocabularyPolicyException">Something is wrong with it; the message has the place.</exception>
    public static VocabularyPolicy Read(PolicySource source)
    {
        var json = new PolicyJsonReader(source);
        var lists = new Dictionary<string, PolicyWordList>();
        var rules = new List<RuleJson>();
        var before = new HashSet<string>();
        json.ReadObject($"an object with {string.Join(", ", PolicyNames.OfPolicy)}");
        while (json.TryReadMember(before, PolicyNames.OfPolicy, out string name))
        {
            if (name == PolicyNames.Lists)
            {
                ReadLists(ref json, lists);
            }
            else
            {
                ReadRules(ref json, name, rules);
            }
        }

        json.ReadEnd();
        return new VocabularyPolicy(rules.Select(new RuleFactory(lists).Create));
    }

    private static void ReadLists(ref PolicyJsonReader json, Dictionary<string, PolicyWordList> lists)
    {
        var before = new HashSet<string>();
        json.ReadObject("an object with an array of words under the name of each list");
        while (json.TryReadMember(before, known: null, out string name))
        {
            if (PolicyLimits.FindProblem(name) is string problem)
            {
                throw json.Wrong($"{problem}.");
            }

            if (PolicyWordList.FindBuiltIn(name) is not null)
            {
                throw json.Wrong($"The list '{name}' is built in. Give yours another name.");
            }

            lists.Add(name, new PolicyWordList(name, RuleJson.ReadTexts(ref json, arePatterns: false).Select(t => t.Value)));
        }
    }

    private static void ReadRules(ref PolicyJsonReader json, string kind, List<RuleJson> rules)
    {
        string expected = $"an object with {string.Join(", ", PolicyNames.OfRule(kind))}";
        json.ReadArray($"an array of rules, each {expected}");
        while (json.TryReadObject(expected))
        {
            rules.Add(RuleJson.Read(ref json, kind));
        }
    }
}
