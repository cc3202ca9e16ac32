using Splade.AI.Explanation;
using Splade.AI.Onnx;

namespace Splade.AI;

/// <content>Why a text has its vector, and why a document has its score.</content>
public sealed partial class SpladeEngine
{
    // Of the texts of a match, in errors.
    private const int QueryPosition = 0;
    private const int DocumentPosition = 1;

    /// <summary>Encodes a text and explains its vector, in one run of the model where its graph allows (<see cref="ExplanationOptions.Spans"/>).</summary>
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
        using CallsInFlight.Call inFlight = _calls.Enter();
        ExplainedSide side = await ReadAsync(DocumentCall(options), text, position: 0, vector: null, options, cancellationToken).ConfigureAwait(false);
        return TextExplainer.Explain(side, options.Top);
    }

    /// <summary>Explains a vector that is there already. The model is run for its spans, if they are asked for, and for nothing else.</summary>
    /// <param name="vector">The text's vector: as it was encoded, pruned, or changed in its weights.</param>
    /// <param name="text">The text that the vector is of.</param>
    /// <param name="options">How it was encoded and what is told; null for a document, with spans.</param>
    /// <param name="cancellationToken">Observed before and within the run of the model.</param>
    /// <exception cref="ArgumentException">
    /// The vector has other dimensions than the vocabulary, or the options ask for something the model does not have.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text.</exception>
    public async Task<TextExplanation> ExplainAsync(
        SparseVector vector, string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireVector(vector, nameof(vector));
        options ??= new ExplanationOptions();
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
    public TextExplanation Explain(SparseVector vector, string text, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireVector(vector, nameof(vector));
        options ??= new ExplanationOptions();
        return TextExplainer.Explain(Read(DocumentCall(options), text, position: 0, vector, options), options.Top);
    }

    /// <summary>Encodes a query and a document and explains the score: what each term brings, and where it stands on both sides.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="options">How they are encoded and what is told; null for the defaults, with spans.</param>
    /// <param name="cancellationToken">Observed before and within runs of the model.</param>
    /// <exception cref="ArgumentException">The options ask for something the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text.</exception>
    public async Task<MatchExplanation> ExplainMatchAsync(
        string query, string document, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        return await ReadMatchAsync((null, query), (null, document), options ?? new ExplanationOptions(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Explains the score of vectors that are there already, as those of an index. The model is run for their spans, if they are asked for.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="document">The document's vector.</param>
    /// <param name="queryText">The text that the query's vector is of.</param>
    /// <param name="documentText">The text that the document's vector is of.</param>
    /// <param name="options">How they were encoded and what is told; null for the defaults, with spans.</param>
    /// <param name="cancellationToken">Observed before and within runs of the model.</param>
    /// <exception cref="ArgumentException">
    /// A vector has other dimensions than the vocabulary, or the options ask for something the model does not have.
    /// </exception>
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
        return await ReadMatchAsync((query, queryText), (document, documentText), options ?? new ExplanationOptions(), cancellationToken)
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
    public MatchExplanation ExplainMatch(
        SparseVector query, SparseVector document, string? queryText = null, string? documentText = null, ExplanationOptions? options = null)
    {
        RequireVector(query, nameof(query));
        RequireVector(document, nameof(document));
        options ??= new ExplanationOptions();
        return MatchExplainer.Explain(
            Read(QueryCall(options), queryText, QueryPosition, query, options),
            Read(DocumentCall(options), documentText, DocumentPosition, document, options),
            options.Top);
    }

    private SpladeCall DocumentCall(ExplanationOptions options) => new(_parts, options.Encoding);

    private SpladeCall QueryCall(ExplanationOptions options) =>
        new(_parts, options.QueryEncoding with { InputType = options.QueryEncoding.InputType ?? SpladeInputType.Query });

    private async Task<MatchExplanation> ReadMatchAsync(
        (SparseVector? Vector, string Text) query,
        (SparseVector? Vector, string Text) document,
        ExplanationOptions options,
        CancellationToken cancellationToken)
    {
        SpladeCall queryCall = QueryCall(options), documentCall = DocumentCall(options);
        using CallsInFlight.Call inFlight = _calls.Enter();
        ExplainedSide querySide = await ReadAsync(queryCall, query.Text, QueryPosition, query.Vector, options, cancellationToken).ConfigureAwait(false);
        ExplainedSide documentSide = await ReadAsync(
            documentCall, document.Text, DocumentPosition, document.Vector, options, cancellationToken).ConfigureAwait(false);
        return MatchExplainer.Explain(querySide, documentSide, options.Top);
    }

    /// <summary>What is known of a vector and its text without running the model.</summary>
    private static ExplainedSide Read(SpladeCall call, string? text, int position, SparseVector vector, ExplanationOptions options) => text is null
        ? new ExplainedSide(call.Tokenizer, vector, Tokens: null, TermSources.None)
        : call.LooksUp
            ? LookUp(call, text, position, vector, options)
            : new ExplainedSide(call.Tokenizer, vector, call.Tokenize(text, position), TermSources.None);

    /// <summary>All that is known of a query that is looked up, with its vector if there is none.</summary>
    private static ExplainedSide LookUp(SpladeCall call, string text, int position, SparseVector? vector, ExplanationOptions options)
    {
        TextTokens tokens = call.Tokenize(text, position);
        TermSources sources = call.LookUpSources(tokens, MostTokens(options));
        FinishedVector finished = vector is null || call.HasPolicy
            ? Finish(call, tokens, vector)(call.LookUp(text, position).Vector)
            : new FinishedVector(vector, AppliedPolicy.None);
        return new ExplainedSide(call.Tokenizer, finished.Vector, tokens, sources) { Policy = finished.Policy };
    }

    /// <summary>
    /// All that is asked for of a vector and its text, with the vector if there is none, and with spans if they are asked for: in one run of
    /// the model, or one for each window, where that can be.
    /// </summary>
    private async Task<ExplainedSide> ReadAsync(
        SpladeCall call, string text, int position, SparseVector? vector, ExplanationOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (call.LooksUp)
        {
            return LookUp(call, text, position, vector, options);
        }

        TextTokens tokens = await Task.Run(() => call.Tokenize(text, position), cancellationToken).ConfigureAwait(false);
        SpladeTrace trace = options.Spans
            ? await TraceAsync(call, tokens, vector, MostTokens(options), cancellationToken).ConfigureAwait(false)
            : new SpladeTrace(await VectorAsync(call, tokens, vector, cancellationToken).ConfigureAwait(false), Tokens: null, Obstacle: null);
        return new ExplainedSide(call.Tokenizer, trace.Finished.Vector, tokens, trace.ToSources(tokens)) { Policy = trace.Finished.Policy };
    }

    private async Task<SpladeTrace> TraceAsync(
        SpladeCall call, TextTokens tokens, SparseVector? vector, int mostTokens, CancellationToken cancellationToken)
    {
        SpladeTracer tracer = (await _neural.GetAsync().ConfigureAwait(false)).Tracer;
        if (tracer.MakesVectors && (vector is null || call.HasPolicy))
        {
            return await tracer.EncodeAsync(tokens, Finish(call, tokens, vector), mostTokens, cancellationToken).ConfigureAwait(false);
        }

        FinishedVector finished = await VectorAsync(call, tokens, vector, cancellationToken).ConfigureAwait(false);
        return await tracer.TraceAsync(tokens, finished, mostTokens, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The vector that is there, or the text's.</summary>
    private async Task<FinishedVector> VectorAsync(SpladeCall call, TextTokens tokens, SparseVector? vector, CancellationToken cancellationToken) =>
        vector is not null
            ? new FinishedVector(vector, AppliedPolicy.None)
            : Finish(call, tokens, vector)((await RunAsync([tokens.Text], call, cancellationToken).ConfigureAwait(false))[0].Vector);

    /// <summary>From the model's own vector, the one to explain: the one that is there, or else what the engine gives.</summary>
    private static Func<SparseVector, FinishedVector> Finish(SpladeCall call, TextTokens tokens, SparseVector? vector) => own => vector is null
        ? call.FinishAndTell(own, tokens.IdsOfText)
        : call.Recognise(vector, own, tokens.IdsOfText);

    private static int MostTokens(ExplanationOptions options) => 1 + Math.Min(options.RunnersUp, int.MaxValue - 1);

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
