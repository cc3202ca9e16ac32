using Splade.AI.Explanation;

namespace Splade.AI;

/// <content>Queries as words.</content>
public sealed partial class SpladeEngine
{
    /// <summary>
    /// Expands a query into words, for a search engine that takes keywords: the words of the query that the model gives a weight, and the
    /// heaviest of those that the model, or the vocabulary policy, adds.
    /// </summary>
    /// <remarks>
    /// The query is encoded as a <see cref="EmbeddingInputType.Query"/>. An inference-free model adds nothing to queries, so that all words are the
    /// query's own, unless a policy has synonyms. Pieces of words are not among the words that are added.
    /// </remarks>
    /// <param name="query">The query.</param>
    /// <param name="options">Which words are added; null for the defaults.</param>
    /// <param name="cancellationToken">Observed before and within the run of the model.</param>
    /// <exception cref="TextTooLongException">The query is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<KeywordExpansion> ExpandKeywordsAsync(
        string query, KeywordExpansionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var explanation = new ExplanationOptions { Encoding = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }, Spans = false };
        TextExplanation explained = await ExplainAsync(query, explanation, cancellationToken).ConfigureAwait(false);
        return new KeywordFinder(Tokenizer, options ?? new KeywordExpansionOptions()).Find(explained);
    }
}
