using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

/// <summary>What a policy does, said in the plainest way, for words of plain ASCII: texts are compared word by word, not token by token.</summary>
internal sealed partial class PlainPolicy(IReadOnlyList<PolicyRule> rules)
{
    private static readonly ConcurrentDictionary<string, int[]> Matches = new();

    public SparseVector Apply(SparseVector vector, string text, EmbeddingInputType inputType)
    {
        PolicyRule[] active = [.. rules.Where(r => r.AppliesTo is null || r.AppliesTo == inputType)];
        HashSet<int> banned = [.. active.OfType<BanRule>().SelectMany(r => Named(r, text))];
        Dictionary<int, double> boosted = Boost(vector, text, active, banned);
        var result = new Dictionary<int, double>(boosted);
        foreach (SynonymRule rule in active.OfType<SynonymRule>())
        {
            foreach (double weight in SourceWeights(rule, text, boosted))
            {
                Raise(result, rule.To.SelectMany(to => Words.Ids(to)).Where(id => !banned.Contains(id)), weight * rule.Factor);
            }
        }

        foreach (ForceRule rule in active.OfType<ForceRule>())
        {
            Raise(result, Forced(rule, text), rule.Weight);
        }

        float[] dense = new float[vector.Dimensions];
        foreach ((int id, double weight) in result)
        {
            dense[id] = (float)weight;
        }

        return SparseVector.FromDense(dense);
    }

    private static Dictionary<int, double> Boost(SparseVector vector, string text, PolicyRule[] active, HashSet<int> banned)
    {
        var weights = vector.Indices.ToArray().Except(banned).ToDictionary(id => id, id => (double)vector[id]);
        foreach (BoostRule rule in active.OfType<BoostRule>())
        {
            foreach (int id in Named(rule, text).Where(weights.ContainsKey))
            {
                weights[id] *= rule.Factor;
            }
        }

        return weights;
    }

    private static IEnumerable<double> SourceWeights(SynonymRule rule, string text, Dictionary<int, double> weights)
    {
        IEnumerable<int[]> sources = AllWords(rule).Select(w => Words.Ids(w)).Where(ids => ids.Length == 1)
            .Concat(AllWords(rule).Where(w => Words.Ids(w).Length > 1 && HasWord(text, w)).Select(w => Words.Ids(w)))
            .Concat(Tokens(rule).Select(id => new[] { id }));
        return sources.Select(ids => ids.Max(id => weights.GetValueOrDefault(id))).Where(weight => weight > 0);
    }

    private static IEnumerable<int> Forced(ForceRule rule, string text) =>
        AllWords(rule).Where(w => HasWord(text, w)).SelectMany(w => Words.Ids(w)).Concat(Tokens(rule).Intersect(Words.Ids(text)));

    /// <summary>The tokens that a rule names: words of one token wherever they come from, of several where the text has them.</summary>
    private static HashSet<int> Named(PolicyRule rule, string text) =>
        [.. AllWords(rule).Where(w => Words.Ids(w).Length == 1 || (rule is not BanRule && HasWord(text, w))).SelectMany(w => Words.Ids(w)), .. Tokens(rule)];

    private static IEnumerable<string> AllWords(PolicyRule rule) => rule.Terms.Concat(rule.WordLists.SelectMany(l => l.Words));

    private static IEnumerable<int> Tokens(PolicyRule rule) => rule.Tokens.Select(t => Words.Id(t)).Concat(
        rule.Patterns.SelectMany(p => Matches.GetOrAdd(p, FindMatches)));

    private static int[] FindMatches(string pattern)
    {
        var expression = new Regex($@"\A{string.Join(".*", pattern.Split('*').Select(Regex.Escape))}\z", RegexOptions.Singleline);
        return [.. Words.Tokenizer.Vocabulary.Select((token, id) => (token, id)).Where(t => expression.IsMatch(t.token)).Select(t => t.id)];
    }

    private static bool HasWord(string text, string word) => Spaced(text).Contains(Spaced(word), StringComparison.Ordinal);

    /// <summary>The words and marks of a text, each between spaces.</summary>
    private static string Spaced(string text) => $" {string.Join(' ', WordOrMark().Matches(text.ToLowerInvariant()).Select(m => m.Value))} ";

    private static void Raise(Dictionary<int, double> weights, IEnumerable<int> ids, double weight)
    {
        foreach (int id in ids)
        {
            weights[id] = Math.Max(weights.GetValueOrDefault(id), weight);
        }
    }

    [GeneratedRegex(@"[a-z0-9]+|[^a-z0-9\s]")]
    private static partial Regex WordOrMark();
}
