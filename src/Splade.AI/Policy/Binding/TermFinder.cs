using Splade.AI.Policy.Json;
using Splade.AI.Tokenization;

namespace Splade.AI.Policy.Binding;

/// <summary>Finds what rules name in the vocabulary of a model, and says what cannot be found.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class TermFinder(Tokenizer tokenizer)
{
    private readonly TermReader _reader = new(tokenizer);
    private readonly HashSet<string> _passedOver = [];

    /// <summary>The words of lists that were passed over.</summary>
    public IReadOnlySet<string> PassedOver => _passedOver;

    /// <exception cref="VocabularyPolicyException">Something cannot be found, or is several tokens where the rule takes one only.</exception>
    public FoundTerms Find(PolicyRule rule)
    {
        var found = new FoundTerms(rule);
        foreach (string term in rule.Terms)
        {
            if (!found.TryAdd(_reader.Read(term), term))
            {
                throw Refuse(rule, PolicyNames.Terms, term, WhyNot(term));
            }
        }

        foreach (string token in rule.Tokens)
        {
            found.Tokens.Add(tokenizer.Vocabulary.TryGetId(token, out int id) ? id : throw Refuse(rule, PolicyNames.Tokens, token, WhyNoToken(token)));
        }

        foreach (string pattern in rule.Patterns)
        {
            AddMatches(rule, pattern, found.Tokens);
        }

        foreach (PolicyWordList list in rule.WordLists)
        {
            AddWords(rule, list, found);
        }

        return found;
    }

    /// <summary>The tokens that get the weight of a synonym: each that is the word, or if none is, those of the word after a space.</summary>
    /// <exception cref="VocabularyPolicyException">The model does not know the word.</exception>
    public IReadOnlyList<int> FindSynonym(SynonymRule rule, string synonym)
    {
        IReadOnlyList<int[]> readings = _reader.Read(synonym);
        int[] tokens = [.. readings.Where(r => r.Length == 1).Select(r => r[0])];
        return tokens.Length > 0 ? tokens
            : readings.Count > 0 ? readings[0]
            : throw Refuse(rule, PolicyNames.To, synonym, WhyNot(synonym));
    }

    private void AddMatches(PolicyRule rule, string pattern, HashSet<int> tokens)
    {
        int matches = 0;
        for (int id = 0; id < tokenizer.Vocabulary.Count; id++)
        {
            if (WildcardPattern.Matches(pattern, tokenizer.Vocabulary[id]))
            {
                tokens.Add(id);
                matches++;
            }
        }

        if (matches == 0)
        {
            throw Refuse(
                rule,
                PolicyNames.Patterns,
                pattern,
                $"None of the {tokenizer.Vocabulary.Count} tokens of the vocabulary looks like '{pattern}'. A pattern is compared with single tokens, "
                + "as the vocabulary writes them, never with words of several tokens.");
        }
    }

    private void AddWords(PolicyRule rule, PolicyWordList list, FoundTerms found)
    {
        int passedOver = 0;
        foreach (string word in list.Words)
        {
            if (!found.TryAdd(_reader.Read(word), word))
            {
                _passedOver.Add(word);
                passedOver++;
            }
        }

        if (passedOver == list.Words.Count)
        {
            throw Refuse(
                rule,
                PolicyNames.Lists,
                list.Name,
                $"None of the {passedOver} words of the list '{list.Name}' can be used with this vocabulary. Take the list out.");
        }
    }

    private string WhyNot(string term)
    {
        string hint = WildcardPattern.FindProblem(term) is null ? $" If '{term}' is a pattern, name it under '{PolicyNames.Patterns}'."
            : tokenizer.Vocabulary.TryGetId(term, out _) ? $" The vocabulary has a token '{term}': if that is meant, name it under '{PolicyNames.Tokens}'."
            : "";
        return _reader.Read(term) is [int[] pieces, ..]
            ? $"'{term}' is {pieces.Length} tokens ({string.Join(' ', pieces.Select(id => tokenizer.Vocabulary[id]))}), expected a word of one: "
                + $"each of them is a piece of other words too. Name those under '{PolicyNames.Tokens}' that are to go wherever they come from, "
                + $"or take the word out.{hint}"
            : $"The model's tokenizer does not know '{term}', expected a word that it can write in tokens. Take it out.{hint}";
    }

    private string WhyNoToken(string token)
    {
        string hint = _reader.Read(token) is { Count: > 0 } readings && readings.FirstOrDefault(r => r.Length == 1) is [int id]
            ? $"As a word it is the token '{tokenizer.Vocabulary[id]}': name it under '{PolicyNames.Terms}'."
            : $"Write it exactly as the vocabulary does, or name a word under '{PolicyNames.Terms}'.";
        return $"'{token}' is none of the {tokenizer.Vocabulary.Count} tokens of the vocabulary. {hint}";
    }

    private static VocabularyPolicyException Refuse(PolicyRule rule, string member, string text, string problem) =>
        new($"{rule.Kind}: {problem}", rule.Positions?.Of(member, text));
}
