using Splade.AI.Policy.Steps;
using Splade.AI.Tokenization;

namespace Splade.AI.Policy.Binding;

/// <summary>Turns rules into the steps that a vector goes through, for the vocabulary of a model.</summary>
/// <remarks>Not safe for concurrent use; what it makes is.</remarks>
internal sealed class PolicyBinder(Tokenizer tokenizer)
{
    private readonly TermFinder _finder = new(tokenizer);
    private readonly WordEdges _edges = new(tokenizer.Vocabulary);

    /// <summary>The words of lists that were passed over.</summary>
    public IReadOnlySet<string> PassedOver => _finder.PassedOver;

    /// <param name="rules">The rules, in the order of <see cref="PolicyHash"/>: products of their factors are the same, bit for bit.</param>
    /// <exception cref="VocabularyPolicyException">What a rule names is not in the vocabulary.</exception>
    public PolicyTable Bind(PolicyRule[] rules)
    {
        ILookup<Type, (PolicyRule Rule, FoundTerms Terms)> found = rules.Select(r => (Rule: r, Terms: _finder.Find(r))).ToLookup(f => f.Rule.GetType());
        HashSet<int> banned = [.. found[typeof(BanRule)].SelectMany(f => f.Terms.Tokens)];
        return new PolicyTable(tokenizer.Vocabulary)
        {
            Factors = BindFactors(banned, [.. found[typeof(BoostRule)].Select(f => (((BoostRule)f.Rule).Factor, f.Terms))]),
            Synonyms = BindSynonyms(banned, [.. found[typeof(SynonymRule)].Select(f => ((SynonymRule)f.Rule, f.Terms))]),
            Forced = BindForced([.. found[typeof(ForceRule)].Select(f => (((ForceRule)f.Rule).Weight, f.Terms))]),
        };
    }

    private FactorStep? BindFactors(HashSet<int> banned, (double Factor, FoundTerms Terms)[] boosts)
    {
        if (banned.Count + boosts.Length == 0)
        {
            return null;
        }

        double[] factors = new double[tokenizer.Vocabulary.Count];
        Array.Fill(factors, 1);
        var phrases = new PhraseTrie<PhraseBoost>(_edges);
        for (int rule = 0; rule < boosts.Length; rule++)
        {
            (double factor, FoundTerms terms) = boosts[rule];
            foreach (int id in terms.Tokens)
            {
                factors[id] = FactorStep.Multiply(factors[id], factor);
            }

            // What the rule multiplies anyway it does not multiply again.
            foreach (Phrase phrase in terms.Phrases)
            {
                phrases.Add(phrase, new PhraseBoost(rule, factor, [.. phrase.Ids.Except(terms.Tokens)]));
            }
        }

        foreach (int id in banned)
        {
            factors[id] = FactorStep.Banned;
        }

        return new FactorStep(factors, phrases);
    }

    private SynonymStep? BindSynonyms(HashSet<int> banned, (SynonymRule Rule, FoundTerms Terms)[] rules)
    {
        if (rules.Length == 0)
        {
            return null;
        }

        var tokens = new Dictionary<int, List<Synonym>>();
        var phrases = new PhraseTrie<PhraseSynonyms>(_edges);
        foreach ((SynonymRule rule, FoundTerms terms) in rules)
        {
            IEnumerable<int> targets = rule.To.SelectMany(word => _finder.FindSynonym(rule, word)).Distinct().Where(id => !banned.Contains(id));
            Synonym[] synonyms = [.. targets.Select(id => new Synonym(id, rule.Factor))];
            foreach (int id in terms.Tokens)
            {
                (tokens.TryGetValue(id, out List<Synonym>? known) ? known : tokens[id] = []).AddRange(synonyms);
            }

            foreach (Phrase phrase in terms.Phrases)
            {
                phrases.Add(phrase, new PhraseSynonyms(phrase, synonyms));
            }
        }

        return new SynonymStep(tokens, phrases, tokenizer.Vocabulary);
    }

    private ForceStep? BindForced((double Weight, FoundTerms Terms)[] rules)
    {
        if (rules.Length == 0)
        {
            return null;
        }

        var phrases = new PhraseTrie<ForcedPhrase>(_edges);
        foreach ((double weight, FoundTerms terms) in rules)
        {
            IEnumerable<Phrase> tokens = terms.Tokens.Select(id => new Phrase([id], IsWord: false, tokenizer.Vocabulary[id]));
            foreach (Phrase phrase in terms.Phrases.Concat(tokens))
            {
                phrases.Add(phrase, new ForcedPhrase(phrase.Ids, weight));
            }
        }

        return new ForceStep(phrases);
    }
}
