using Splade.AI.Explanation;
using Splade.AI.TextEncoding;

namespace Splade.AI;

/// <content>Why a text has its vector, and why a document has its score.</content>
public sealed partial class SpladeEngine : ISparseExplainer
{
    /// <summary>Encodes a text and explains its vector, in one run of the model where its graph allows (<see cref="ExplanationOptions.Spans"/>).</summary>
    /// <remarks>
    /// A long text that is read through a sliding window (<see cref="LongTextHandling"/>) is explained whole, window by window: one run for
    /// each, which others may go before, and memory for one at a time beside the text's tokens and what is told.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is encoded and what is told; null for a document, with spans.</param>
    /// <param name="cancellationToken">Observed before, between and within runs of the model.</param>
    /// <exception cref="ArgumentException">The options ask for something the model does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text.</exception>
    public async Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options = options?.Clone() ?? new ExplanationOptions();
        using CallsInFlight.Call inFlight = _calls.Enter();
        ExplainedSide side = await ReadAsync(DocumentCall(options), text, position: 0, vector: null, options, cancellationToken).ConfigureAwait(false);
        return TextExplainer.Explain(side, options.Top);
    }

    /// <summary>Explains a vector that is there already. The model is run for its spans, if they are asked for, and for nothing else.</summary>
    /// <remarks>
    /// Where the engine has a vocabulary policy, such a run on the processors makes the model's own vector too, to tell what the policy did
    /// (<see cref="ExplainedTerm.PolicyEffects"/>).
    /// </remarks>
    /// <param name="vector">The text's vector: as it was encoded, pruned, or changed in its weights.</param>
    /// <param name="text">The text that the vector is of.</param>
    /// <param name="options">How it was encoded and what is told; null for a document, with spans.</param>
    /// <param name="cancellationToken">Observed before, between and within runs of the model.</param>
    /// <exception cref="ArgumentException">
    /// The vector has other dimensions than the vocabulary, or the options ask for something the model does not have.
    /// </exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text.</exception>
    public async Task<TextExplanation> ExplainAsync(
        SparseVector vector, string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireVector(vector, nameof(vector));
        options = options?.Clone() ?? new ExplanationOptions();
        using CallsInFlight.Call inFlight = _calls.Enter();
        ExplainedSide side = await ReadAsync(DocumentCall(options), text, position: 0, vector, options, cancellationToken).ConfigureAwait(false);
        return TextExplainer.Explain(side, options.Top);
    }

    /// <summary>Explains a vector that is there already, without running the model: what is literal, where it stands, and how weights are shared.</summary>
    /// <param name="vector">The text's vector: as it was encoded, pruned, or changed in its weights.</param>
    /// <param name="text">The text that the vector is of.</param>
    /// <param name="options">How it was encoded and what is told; null for a document. Spans that would need a run of the model are not there.</param>
    /// <exception cref="ArgumentException">
    /// The vector has other dimensions than the vocabulary, or the options ask for something the model does not have.
    /// </exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    public TextExplanation Explain(SparseVector vector, string text, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireVector(vector, nameof(vector));
        options = options?.Clone() ?? new ExplanationOptions();
        return TextExplainer.Explain(Read(DocumentCall(options), text, position: 0, vector, options), options.Top);
    }

    /// <summary>Encodes a query and a document and explains the score: what each term brings, and where it stands on both sides.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="options">How they are encoded and what is told; null for the defaults, with spans.</param>
    /// <param name="cancellationToken">Observed before, between and within runs of the model.</param>
    /// <exception cref="ArgumentException">The options ask for something the model does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text.</exception>
    public async Task<MatchExplanation> ExplainMatchAsync(
        string query, string document, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        return await ReadMatchAsync((null, query), (null, document), options?.Clone() ?? new ExplanationOptions(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Explains the score of vectors that are there already, as those of an index. The model is run for their spans, if they are asked for.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="document">The document's vector.</param>
    /// <param name="queryText">The text that the query's vector is of.</param>
    /// <param name="documentText">The text that the document's vector is of.</param>
    /// <param name="options">How they were encoded and what is told; null for the defaults, with spans.</param>
    /// <param name="cancellationToken">Observed before, between and within runs of the model.</param>
    /// <exception cref="ArgumentException">
    /// A vector has other dimensions than the vocabulary, or the options ask for something the model does not have.
    /// </exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text.</exception>
    public async Task<MatchExplanation> ExplainMatchAsync(
        SparseVector query,
        SparseVector document,
        string queryText,
        string documentText,
        ExplanationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        RequireVector(query, nameof(query));
        RequireVector(document, nameof(document));
        ArgumentNullException.ThrowIfNull(queryText);
        ArgumentNullException.ThrowIfNull(documentText);
        return await ReadMatchAsync((query, queryText), (document, documentText), options?.Clone() ?? new ExplanationOptions(), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Explains the score of vectors that are there already, without running the model.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="document">The document's vector.</param>
    /// <param name="queryText">The query's text, to tell literal terms from expansions; null if it is not known.</param>
    /// <param name="documentText">The document's text, likewise.</param>
    /// <param name="options">How they were encoded and what is told; null for the defaults. Spans that would need a run of the model are not there.</param>
    /// <exception cref="ArgumentException">
    /// A vector has other dimensions than the vocabulary, or the options ask for something the model does not have.
    /// </exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    public MatchExplanation ExplainMatch(
        SparseVector query, SparseVector document, string? queryText = null, string? documentText = null, ExplanationOptions? options = null)
    {
        RequireVector(query, nameof(query));
        RequireVector(document, nameof(document));
        options = options?.Clone() ?? new ExplanationOptions();
        return MatchExplainer.Explain(
            Read(QueryCall(options), queryText, QueryPosition, query, options),
            Read(DocumentCall(options), documentText, DocumentPosition, document, options),
            options.Top);
    }

    /// <inheritdoc/>
    Task<MatchExplanation> ISparseExplainer.ExplainMatchAsync(
        string query, string document, Func<int, double>? idf, ExplanationOptions? options, CancellationToken cancellationToken)
    {
        QueryIdf.RequireNone(idf, Model.Name);
        return ExplainMatchAsync(query, document, options, cancellationToken);
    }

    private SpladeCall DocumentCall(ExplanationOptions options) => new(_parts, options.Encoding);

    private SpladeCall QueryCall(ExplanationOptions options) =>
        new(_parts, options.QueryEncoding.Or(new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }));

    private void RequireVector(SparseVector vector, string parameter)
    {
        ArgumentNullException.ThrowIfNull(vector, parameter);
        if (vector.Dimensions != Vocabulary.Count)
        {
            throw new ArgumentException(
                $"The vector has {vector.Dimensions} dimensions, expected {Vocabulary.Count}, one for each token of the vocabulary: it comes from "
                + "another model. Explain it with the model that made it.",
                parameter);
        }
    }
}
