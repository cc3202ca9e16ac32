using Splade.AI.Policy.Steps;

namespace Splade.AI.Policy;

/// <summary>A policy whose terms were found in the vocabulary of a model: what an engine applies to its vectors.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. <see cref="VocabularyPolicy.Bind"/> makes one without loading a model.</para>
/// <para>
/// It is for vectors as a model made them. An engine with a policy has applied it already; applied again, boosts would count twice.
/// </para>
/// </remarks>
public sealed class BoundPolicy
{
    private readonly PolicyTable _documents;
    private readonly PolicyTable _queries;

    internal BoundPolicy(VocabularyPolicy policy, PolicyTable documents, PolicyTable queries, IReadOnlyList<string> passedOver)
    {
        Policy = policy;
        _documents = documents;
        _queries = queries;
        PassedOver = passedOver;
    }

    /// <summary>Gets the policy.</summary>
    public VocabularyPolicy Policy { get; }

    /// <summary>
    /// Gets the words of lists that no rule can use with this vocabulary: it does not know them, or has them in several tokens where only one
    /// can be banned.
    /// </summary>
    public IReadOnlyList<string> PassedOver { get; }

    /// <summary>Determines whether it may change vectors of documents or queries at all.</summary>
    public bool AppliesTo(EmbeddingInputType inputType) => !TableFor(inputType).IsEmpty;

    /// <summary>
    /// Determines whether it matters which tokens the text has: for terms that are forced, and for words of several tokens. If not, an empty span is
    /// as good.
    /// </summary>
    public bool ReadsText(EmbeddingInputType inputType) => TableFor(inputType).ReadsText;

    /// <summary>The vector under the policy. This is the fast way; <see cref="Explain"/> gives the same vector.</summary>
    /// <param name="vector">The pooled vector as the model made it.</param>
    /// <param name="textIds">
    /// The tokens of the text in order, as far as the model read it: without the special tokens around it, and without a prompt.
    /// </param>
    /// <param name="inputType">Whether it is a document or a query.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions than the vocabulary, or an id is none of it.</exception>
    public SparseVector Apply(SparseVector vector, ReadOnlySpan<int> textIds, EmbeddingInputType inputType) =>
        Check(vector, textIds, inputType).Apply(vector, textIds, record: null);

    /// <summary>Gets all that <see cref="Apply"/> would change.</summary>
    /// <returns>
    /// The changes, by ascending id, and for one id in the order of the steps. Entries that are not named are the model's own.
    /// </returns>
    /// <inheritdoc cref="Apply"/>
    public IReadOnlyList<PolicyEffect> Explain(SparseVector vector, ReadOnlySpan<int> textIds, EmbeddingInputType inputType) =>
        Trace(vector, textIds, inputType).Effects;

    /// <summary>The vector under the policy, and all that was changed.</summary>
    /// <inheritdoc cref="Apply"/>
    internal PolicyOutcome Trace(SparseVector vector, ReadOnlySpan<int> textIds, EmbeddingInputType inputType)
    {
        PolicyTable table = Check(vector, textIds, inputType);
        var record = new PolicyRecord(table.Vocabulary);
        SparseVector changed = table.Apply(vector, textIds, record);
        return new PolicyOutcome(changed, record.Effects);
    }

    private PolicyTable TableFor(EmbeddingInputType inputType) => inputType == EmbeddingInputType.Document ? _documents : _queries;

    private PolicyTable Check(SparseVector vector, ReadOnlySpan<int> textIds, EmbeddingInputType inputType)
    {
        ArgumentNullException.ThrowIfNull(vector);
        PolicyTable table = TableFor(inputType);
        DimensionGuard.RequireEqual(vector.Dimensions, table.Vocabulary.Count, nameof(vector));
        if (textIds.ContainsAnyExceptInRange(0, vector.Dimensions - 1))
        {
            throw new ArgumentException($"Found an id that is none of the vocabulary, expected ids from 0 to {vector.Dimensions - 1}.", nameof(textIds));
        }

        return table;
    }
}
