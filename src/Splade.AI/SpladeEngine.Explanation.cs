using Splade.AI.Explanation;

namespace Splade.AI;

/// <content>Why a text has its vector, and why a document has its score.</content>
public sealed partial class SpladeEngine
{
    /// <summary>Encodes a text and explains its vector, in one run of the model.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is encoded and what is told; null for a document, with spans.</param>
    /// <param name="cancellationToken">Observed before and within the run of the model.</param>
    /// <exception cref="ArgumentException">The options ask for something the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text.</exception>
    public async Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new ExplanationOptions();
        SpladeEncoding encoding = (await EncodeAsync([text], options.Encoding, cancellationToken).ConfigureAwait(false))[0];
        return Explain(encoding.Vector, text, options);
    }

    /// <summary>Explains a vector that is there already. The model is run for its spans, if they are asked for, and for nothing else.</summary>
    /// <param name="vector">The text's vector: as it was encoded, pruned, or changed in its weights.</param>
    /// <param name="text">The text that the vector is of.</param>
    /// <param name="options">How it was encoded and what is told; null for a document, with spans.</param>
    /// <param name="cancellationToken">Observed before and within the run of the model.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions than the vocabulary, or the options ask for something the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text.</exception>
    public Task<TextExplanation> ExplainAsync(
        SparseVector vector, string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(Explain(vector, text, options));

    /// <summary>Explains a vector that is there already, without running the model: what is literal, where it stands, and how weights are shared.</summary>
    /// <param name="vector">The text's vector: as it was encoded, pruned, or changed in its weights.</param>
    /// <param name="text">The text that the vector is of.</param>
    /// <param name="options">How it was encoded and what is told; null for a document. Spans that would need a run of the model are not there.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions than the vocabulary, or the options ask for something the model does not have.</exception>
    public TextExplanation Explain(SparseVector vector, string text, ExplanationOptions? options = null) => throw new NotImplementedException();

    /// <summary>Encodes a query and a document and explains the score: what each term brings, and where it stands on both sides.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="options">How they are encoded and what is told; null for the defaults, with spans.</param>
    /// <param name="cancellationToken">Observed before and within runs of the model.</param>
    /// <exception cref="ArgumentException">The options ask for something the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text.</exception>
    public Task<MatchExplanation> ExplainMatchAsync(
        string query, string document, ExplanationOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Explains the score of vectors that are there already, as those of an index. The model is run for their spans, if they are asked for.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="document">The document's vector.</param>
    /// <param name="queryText">The text that the query's vector is of.</param>
    /// <param name="documentText">The text that the document's vector is of.</param>
    /// <param name="options">How they were encoded and what is told; null for the defaults, with spans.</param>
    /// <param name="cancellationToken">Observed before and within runs of the model.</param>
    /// <exception cref="ArgumentException">A vector has other dimensions than the vocabulary, or the options ask for something the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text.</exception>
    public Task<MatchExplanation> ExplainMatchAsync(
        SparseVector query,
        SparseVector document,
        string queryText,
        string documentText,
        ExplanationOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Explains the score of vectors that are there already, without running the model.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="document">The document's vector.</param>
    /// <param name="queryText">The query's text, to tell literal terms from expansions; null if it is not known.</param>
    /// <param name="documentText">The document's text, likewise.</param>
    /// <param name="options">How they were encoded and what is told; null for the defaults. Spans that would need a run of the model are not there.</param>
    /// <exception cref="ArgumentException">A vector has other dimensions than the vocabulary, or the options ask for something the model does not have.</exception>
    public MatchExplanation ExplainMatch(
        SparseVector query, SparseVector document, string? queryText = null, string? documentText = null, ExplanationOptions? options = null) =>
        throw new NotImplementedException();
}
