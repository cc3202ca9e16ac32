using System.Collections.ObjectModel;
using Splade.AI.Policy.Json;

namespace Splade.AI.Policy;

/// <summary>One rule of a <see cref="VocabularyPolicy"/>: which terms it is for, in which vectors, and in the derived class what it does.</summary>
/// <remarks>Immutable and safe for concurrent use. It names at least one term, in any of the four ways.</remarks>
public abstract record PolicyRule
{
    private protected PolicyRule()
    {
    }

    /// <summary>Gets words as one writes them in a text. The model's tokenizer says which tokens they are: one, or several.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentException">A word is null or blank.</exception>
    public IReadOnlyList<string> Terms { get; init => field = PolicyLimits.Check(value, nameof(Terms)); } = [];

    /// <summary>Gets tokens exactly as the model's vocabulary writes them, for example <c>##ing</c> or <c>Ġcar</c>.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentException">A token is null or blank.</exception>
    public IReadOnlyList<string> Tokens { get; init => field = PolicyLimits.Check(value, nameof(Tokens)); } = [];

    /// <summary>
    /// Gets tokens by what they look like: <c>*</c> stands for any characters or none, everything else for itself, in the vocabulary's own
    /// writing. <c>##*</c> is every piece that continues a word of BERT.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentException">A pattern has no <c>*</c>, or nothing else.</exception>
    public IReadOnlyList<string> Patterns { get; init => field = CheckPatterns(value, nameof(Patterns)); } = [];

    /// <summary>
    /// Gets lists of words, such as <see cref="PolicyWordList.EnglishStopWords"/>. They are made for many models: a word that would be refused
    /// among <see cref="Terms"/> is passed over here, and reported as <see cref="BoundPolicy.PassedOver"/>.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentException">A list is null.</exception>
    public IReadOnlyList<PolicyWordList> WordLists { get; init => field = CheckLists(value, nameof(WordLists)); } = [];

    /// <summary>Gets which vectors the rule is for: those of documents or of queries.</summary>
    /// <value>The default is <see langword="null"/>: both.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public EmbeddingInputType? AppliesTo
    {
        get;
        init => field = value is null || Enum.IsDefined(value.Value) ? value : throw new ArgumentOutOfRangeException(
            nameof(AppliesTo), value, $"Expected {EmbeddingInputType.Document}, {EmbeddingInputType.Query} or null for both.");
    }

    /// <summary>What the rule is called in a file and in messages.</summary>
    internal abstract string Kind { get; }

    /// <summary>Where the rule stands in a file; null if it was made in code.</summary>
    internal RulePositions? Positions { get; init; }

    internal bool NamesNothing => Terms.Count + Tokens.Count + Patterns.Count + WordLists.Count == 0;

    internal bool IsFor(EmbeddingInputType inputType) => AppliesTo is null || AppliesTo == inputType;

    private static IReadOnlyList<string> CheckPatterns(IEnumerable<string> patterns, string parameter)
    {
        IReadOnlyList<string> all = PolicyLimits.Check(patterns, parameter);
        string? problem = all.Select(WildcardPattern.FindProblem).FirstOrDefault(p => p is not null);
        return problem is null ? all : throw new ArgumentException($"{problem}.", parameter);
    }

    private static ReadOnlyCollection<PolicyWordList> CheckLists(IEnumerable<PolicyWordList> lists, string parameter)
    {
        ArgumentNullException.ThrowIfNull(lists, parameter);
        PolicyWordList[] all = [.. lists];
        int missing = Array.IndexOf(all, null);
        return missing < 0 ? Array.AsReadOnly(all) : throw new ArgumentException($"The list at position {missing} is null.", parameter);
    }
}
