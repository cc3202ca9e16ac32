using System.Text.Encodings.Web;
using System.Text.Json;

namespace Splade.AI.Policy.Json;

/// <summary>Writes a policy as a file that people read on.</summary>
internal static class PolicyWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The policy in UTF-8.</summary>
    public static byte[] Write(IReadOnlyList<PolicyRule> rules)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            WriteLists(json, rules);
            foreach (string kind in PolicyNames.OfKinds)
            {
                WriteRules(json, kind, [.. rules.Where(r => r.Kind == kind)]);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteLists(Utf8JsonWriter json, IReadOnlyList<PolicyRule> rules)
    {
        PolicyWordList[] own = [.. rules.SelectMany(r => r.WordLists).Where(l => PolicyWordList.FindBuiltIn(l.Name) is null).DistinctBy(l => l.Name)];
        if (own.Length > 0)
        {
            json.WriteStartObject(PolicyNames.Lists);
            foreach (PolicyWordList list in own)
            {
                WriteTexts(json, list.Name, list.Words);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteRules(Utf8JsonWriter json, string kind, PolicyRule[] rules)
    {
        if (rules.Length > 0)
        {
            json.WriteStartArray(kind);
            foreach (PolicyRule rule in rules)
            {
                WriteRule(json, rule);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteRule(Utf8JsonWriter json, PolicyRule rule)
    {
        json.WriteStartObject();
        WriteTexts(json, PolicyNames.Terms, rule.Terms);
        WriteTexts(json, PolicyNames.Tokens, rule.Tokens);
        WriteTexts(json, PolicyNames.Patterns, rule.Patterns);
        WriteTexts(json, PolicyNames.Lists, [.. rule.WordLists.Select(l => l.Name)]);
        switch (rule)
        {
            case BoostRule boost:
                json.WriteNumber(PolicyNames.Factor, boost.Factor);
                break;
            case SynonymRule synonyms:
                WriteTexts(json, PolicyNames.To, synonyms.To);
                json.WriteNumber(PolicyNames.Factor, synonyms.Factor);
                break;
            case ForceRule force:
                json.WriteNumber(PolicyNames.Weight, force.Weight);
                break;
        }

        if (rule.AppliesTo is not null)
        {
            json.WriteString(PolicyNames.In, PolicyNames.Scopes.Single(s => s.Scope == rule.AppliesTo).Name);
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string member, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            json.WriteStartArray(member);
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
