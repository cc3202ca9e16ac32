namespace Splade.AI.Policy.Json;

/// <summary>A rule as it stands in a file.</summary>
internal sealed class RuleJson(string kind, PolicyPosition position)
{
    public string Kind => kind;

    public PolicyPosition Position => position;

    /// <summary>What stands in the members that are arrays of texts.</summary>
    public Dictionary<string, List<PolicyText>> Texts { get; } = [];

    public EmbeddingInputType? Scope { get; private set; }

    /// <summary>The factor or the weight; null if the rule states none.</summary>
    public double? Number { get; private set; }

    /// <summary>Reads a rule whose beginning was read.</summary>
    public static RuleJson Read(ref PolicyJsonReader json, string kind)
    {
        var rule = new RuleJson(kind, json.Position);
        string[] known = PolicyNames.OfRule(kind);
        var before = new HashSet<string>();
        while (json.TryReadMember(before, known, out string name))
        {
            rule.ReadMember(ref json, name);
        }

        return rule;
    }

    private void ReadMember(ref PolicyJsonReader json, string name)
    {
        switch (name)
        {
            case PolicyNames.In:
                Scope = ReadScope(ref json);
                break;
            case PolicyNames.Factor or PolicyNames.Weight:
                Number = ReadNumber(ref json);
                break;
            default:
                Texts[name] = ReadTexts(ref json, name == PolicyNames.Patterns);
                break;
        }
    }

    private static EmbeddingInputType? ReadScope(ref PolicyJsonReader json)
    {
        string expected = string.Join(", ", PolicyNames.Scopes.Select(s => $"\"{s.Name}\""));
        string name = json.ReadText($"one of {expected}").Value;
        int found = Array.FindIndex(PolicyNames.Scopes, s => s.Name == name);
        return found >= 0 ? PolicyNames.Scopes[found].Scope : throw json.Wrong($"Found \"{name}\", expected one of {expected}.");
    }

    private static double ReadNumber(ref PolicyJsonReader json)
    {
        double number = json.ReadNumber("a number");
        return PolicyLimits.FindProblem(number) is string problem ? throw json.Wrong($"{problem}.") : number;
    }

    /// <summary>Reads an array of texts, at least one.</summary>
    public static List<PolicyText> ReadTexts(ref PolicyJsonReader json, bool arePatterns)
    {
        const string Expected = "an array of texts, such as [\"car\", \"bus\"]";
        var texts = new List<PolicyText>();
        json.ReadArray(Expected);
        while (json.TryReadText(Expected, out PolicyText text))
        {
            if ((PolicyLimits.FindProblem(text.Value) ?? (arePatterns ? WildcardPattern.FindProblem(text.Value) : null)) is string problem)
            {
                throw json.Wrong($"{problem}.");
            }

            texts.Add(text);
        }

        return texts.Count > 0 ? texts : throw json.Wrong("Found an empty array, expected at least one text. Leave the member out if there is none.");
    }
}
