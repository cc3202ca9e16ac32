using System.Security.Cryptography;
using System.Text;

namespace Splade.AI.Policy;

/// <summary>What a policy means, in a form that is the same however it is written, and the hash of that.</summary>
internal static class PolicyHash
{
    // Part of every hash: to be raised when the steps of a policy compute something else from the same rules.
    private const string Version = "splade.ai vocabulary policy 1\n";

    /// <summary>The rules that are for an input, in an order that does not depend on how the policy was written.</summary>
    public static PolicyRule[] InOrder(IEnumerable<PolicyRule> rules, EmbeddingInputType inputType) =>
        [.. rules.Where(r => r.IsFor(inputType)).Select(r => (Rule: r, Text: Describe(r))).OrderBy(r => r.Text, StringComparer.Ordinal).Select(r => r.Rule)];

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    /// <param name="rules">For each input its rules, in order.</param>
    public static string Of(params ReadOnlySpan<PolicyRule[]> rules)
    {
        var text = new StringBuilder(Version);
        foreach (PolicyRule[] part in rules)
        {
            text.Append($"{part.Length} rules\n").AppendJoin("", part.Select(Describe));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>All that a rule means, but for what it is for. Lengths before the texts keep these apart.</summary>
    private static string Describe(PolicyRule rule)
    {
        var text = new StringBuilder($"{rule.Kind}");
        text.Append(rule switch
        {
            BoostRule boost => $" {PolicyLimits.Text(boost.Factor)}",
            SynonymRule synonyms => $" {PolicyLimits.Text(synonyms.Factor)}",
            ForceRule force => $" {PolicyLimits.Text(force.Weight)}",
            _ => "",
        });
        Append(text, "term", rule.Terms);
        Append(text, "token", rule.Tokens);
        Append(text, "pattern", rule.Patterns);
        Append(text, "word", rule.WordLists.SelectMany(l => l.Words));
        Append(text, "to", rule is SynonymRule { To: var to } ? to : []);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, string name, IEnumerable<string> values)
    {
        foreach (string value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            text.Append($"\n {name} {value.Length}:{value}");
        }
    }
}
