using Splade.AI.Policy.Steps;

namespace Splade.AI.Policy.Binding;

/// <summary>What a rule names, in the tokens of a model.</summary>
internal sealed class FoundTerms(PolicyRule rule)
{
    /// <summary>Tokens, wherever their weight comes from.</summary>
    public HashSet<int> Tokens { get; } = [];

    /// <summary>Words that count where they stand in the text.</summary>
    public List<Phrase> Phrases { get; } = [];

    /// <summary>Adds a word.</summary>
    /// <param name="readings">All ways to write it in tokens.</param>
    /// <param name="word">The word.</param>
    /// <returns>Whether any of them is of use to the rule: to a ban, only single tokens are.</returns>
    public bool TryAdd(IReadOnlyList<int[]> readings, string word)
    {
        int[][] phrases = [.. readings.Where(r => rule is ForceRule || (r.Length > 1 && rule is not BanRule))];
        int[][] tokens = [.. readings.Where(r => r.Length == 1 && rule is not ForceRule)];
        Phrases.AddRange(phrases.Select(r => new Phrase(r, IsWord: true, word)));
        Tokens.UnionWith(tokens.Select(r => r[0]));
        return phrases.Length + tokens.Length > 0;
    }
}
