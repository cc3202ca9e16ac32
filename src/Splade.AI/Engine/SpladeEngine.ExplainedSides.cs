using Splade.AI.Explanation;
using Splade.AI.TextEncoding;

namespace Splade.AI;

/// <content>What explanations are made of: vectors, the tokens of their texts, and where the one comes from in the other.</content>
public sealed partial class SpladeEngine
{
    // Of the texts of a match, in errors.
    private const int QueryPosition = 0;
    private const int DocumentPosition = 1;

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
            ? Finish(call, tokens, vector, call.LookUp(text, position).Vector)
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
            return await tracer.EncodeAsync(tokens, own => Finish(call, tokens, vector, own), mostTokens, cancellationToken).ConfigureAwait(false);
        }

        FinishedVector finished = await VectorAsync(call, tokens, vector, cancellationToken).ConfigureAwait(false);
        return await tracer.TraceAsync(tokens, finished, mostTokens, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The vector that is there, or the text's.</summary>
    private async Task<FinishedVector> VectorAsync(SpladeCall call, TextTokens tokens, SparseVector? vector, CancellationToken cancellationToken) =>
        vector is not null
            ? new FinishedVector(vector, AppliedPolicy.None)
            : Finish(call, tokens, vector, (await RunAsync([tokens.Text], call, cancellationToken).ConfigureAwait(false))[0].Vector);

    /// <summary>The vector to explain, where the model's own is known: the one that is there, or else what the engine gives.</summary>
    private static FinishedVector Finish(SpladeCall call, TextTokens tokens, SparseVector? vector, SparseVector own) => vector is null
        ? call.FinishAndTell(own, tokens.IdsOfText)
        : call.Recognise(vector, own, tokens.IdsOfText);

    private static int MostTokens(ExplanationOptions options) => 1 + Math.Min(options.RunnersUp, int.MaxValue - 1);
}
