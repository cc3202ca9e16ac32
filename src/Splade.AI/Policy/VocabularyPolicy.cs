using Splade.AI.Policy.Binding;
using Splade.AI.Tokenization;

namespace Splade.AI.Policy;

/// <summary>
/// Describes what becomes of certain terms after a model has weighed them: banned, boosted, given to synonyms, forced. Set it as
/// <see cref="SpladeEngineOptions.Policy"/>.
/// </summary>
/// <remarks>
/// <para>
/// A policy works on the pooled vector of a text, in four steps: <b>ban</b>, <b>boost</b>, <b>synonyms</b>, <b>force</b>. A banned term is
/// out before it could have synonyms, and stays out as the synonym of another; a synonym gets its share of the boosted weight; what is
/// forced has its minimum in the end, whatever was done before, a ban included. Within a step the order of the rules does not matter.
/// Then come <see cref="SpladeEngineOptions.DropSpecialTokens"/>, whose promise a policy cannot break, and
/// <see cref="SpladeEncodingOptions.MaxActiveDimensions"/>, which keeps the heaviest of what is left, forced or not.
/// </para>
/// <para>
/// Weights stay finite and greater than zero: a product is held within what single precision can hold.
/// </para>
/// <para>Immutable and safe for concurrent use. Nothing is read from a file after it was loaded.</para>
/// </remarks>
public sealed partial class VocabularyPolicy
{
    private readonly PolicyRule[] _documents;
    private readonly PolicyRule[] _queries;

    /// <summary>Creates a policy.</summary>
    /// <param name="rules">The rules, in any order; none for a policy that changes nothing.</param>
    /// <exception cref="ArgumentException">A rule is null or names no term, or two lists of one name have different words.</exception>
    public VocabularyPolicy(params IEnumerable<PolicyRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        PolicyRule[] all = [.. rules];
        if (Array.FindIndex(all, r => r is null || r.NamesNothing) is >= 0 and int wrong)
        {
            throw new ArgumentException($"The rule at position {wrong} is null or names no term, expected one term, token, pattern or list.", nameof(rules));
        }

        RequireListNames(all);
        Rules = Array.AsReadOnly(all);
        _documents = PolicyHash.InOrder(all, EmbeddingInputType.Document);
        _queries = PolicyHash.InOrder(all, EmbeddingInputType.Query);
        Hash = PolicyHash.Of(_documents, _queries);
    }

    /// <summary>Gets the rules, as they were given.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; }

    /// <summary>
    /// Gets the SHA-256 of what the policy means, in lower-case hexadecimal digits. Rules and terms in another order, other comments, other names
    /// of lists and a rule for both in place of one for documents and one for queries do not change it.
    /// </summary>
    public string Hash { get; }

    /// <summary>The same for the rules that documents or queries are under; null if there are none.</summary>
    /// <param name="inputType">Documents or queries.</param>
    public string? HashFor(EmbeddingInputType inputType) => RulesFor(inputType) is { Length: > 0 } rules ? PolicyHash.Of(rules) : null;

    /// <summary>Finds the policy's terms in the vocabulary of a model.</summary>
    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="queryTokenizer">The tokenizer of queries, for a model that has another one for them; null if it has not.</param>
    /// <exception cref="VocabularyPolicyException">A term is not in the vocabulary, or cannot be what the rule wants it to be.</exception>
    public BoundPolicy Bind(Tokenizer tokenizer, Tokenizer? queryTokenizer = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var documents = new PolicyBinder(tokenizer);
        PolicyBinder queries = queryTokenizer is null ? documents : new PolicyBinder(queryTokenizer);
        return new BoundPolicy(this, documents.Bind(_documents), queries.Bind(_queries), [.. documents.PassedOver.Union(queries.PassedOver)]);
    }

    private PolicyRule[] RulesFor(EmbeddingInputType inputType) => inputType == EmbeddingInputType.Document ? _documents : _queries;

    private static void RequireListNames(IEnumerable<PolicyRule> rules)
    {
        foreach (IGrouping<string, PolicyWordList> named in rules.SelectMany(r => r.WordLists).GroupBy(l => l.Name))
        {
            PolicyWordList first = PolicyWordList.FindBuiltIn(named.Key) ?? named.First();
            if (!named.All(l => l.Words.SequenceEqual(first.Words)))
            {
                throw new ArgumentException($"Two lists with the name '{named.Key}' have different words. Give one of them another name.", nameof(rules));
            }
        }
    }
}
