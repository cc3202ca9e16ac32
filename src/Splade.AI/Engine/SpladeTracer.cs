using Splade.AI.Explanation;
using Splade.AI.Files;
using Splade.AI.Onnx;
using Splade.AI.Onnx.Tracing;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>Runs one text or window at a time and finds the tokens that gave the text's vector the weights that it has.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent callers, who wait for their turn: as many runs go on at a time as the encoder has, besides its own. Each window of a
/// long text waits for a turn of its own, and what its run gave is gone before the next.
/// </para>
/// <para>
/// Where the model's own runs show what tokens say, they are used. Where logits are computed inside the graph, as on graphics cards, the
/// hidden states come from a second session on the processors, which the first trace opens. A graph that pools inside shows nothing.
/// </para>
/// </remarks>
/// <param name="model">The model. It is not disposed.</param>
/// <param name="activate">The activation of a logit above 0.</param>
/// <param name="addsUp">Whether the model adds up the activations of tokens, and does not take the largest.</param>
/// <param name="padTokenId">The id that fills rows.</param>
/// <param name="openOther">Opens the second session.</param>
internal sealed class SpladeTracer(
    OnnxModel<SparseVector> model, Func<float, float> activate, bool addsUp, int padTokenId, Func<TracingModel> openOther) : IDisposable
{
    private readonly TokenTracer? _own = model.Tracer;
    private readonly FileStamps _files = new(model.Files);
    private readonly SemaphoreSlim _turns = new(model.ConcurrentRuns);
    private readonly Lock _opening = new();
    private TracingModel? _other;
    private int _running;

    /// <summary>Whether a trace makes the text's vector too, in the same run.</summary>
    public bool MakesVectors => _own is not null;

    /// <summary>Runs a text on the thread pool, makes its vector, and finds the tokens that gave its entries most.</summary>
    /// <param name="text">The tokens of the text.</param>
    /// <param name="finish">From the model's own vector of the whole text, the one to explain.</param>
    /// <param name="mostTokens">How many tokens are told of each entry at most, at least 1.</param>
    /// <param name="cancellationToken">Observed before, between and within runs.</param>
    public async Task<SpladeTrace> EncodeAsync(
        TextTokens text, Func<SparseVector, FinishedVector> finish, int mostTokens, CancellationToken cancellationToken)
    {
        TraceSettings settings = Settings(text, mostTokens);
        var traces = new WindowTraces(settings);
        SparseVector? merged = null;
        for (int window = 0; window < text.WindowCount; window++)
        {
            int[] positions = text.PositionsOf(window);
            (SparseVector vector, TracedEntry[] traced) = await InTurnAsync(
                load => model.RunAndTrace(Batch(text, positions), v => v.Indices.ToArray(), settings, load, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            traces.Add(vector.Indices, traced, positions);
            merged = merged?.Max(vector) ?? vector;
        }

        FinishedVector finished = finish(merged!);
        return new SpladeTrace(finished, traces.Of(finished.Vector.Indices), Obstacle: null);
    }

    /// <summary>Runs a text on the thread pool and finds the tokens that give the entries of a vector most.</summary>
    /// <param name="text">The tokens of the text.</param>
    /// <param name="finished">The vector.</param>
    /// <param name="mostTokens">How many tokens are told of each entry at most, at least 1.</param>
    /// <param name="cancellationToken">Observed before, between and within runs.</param>
    public async Task<SpladeTrace> TraceAsync(TextTokens text, FinishedVector finished, int mostTokens, CancellationToken cancellationToken)
    {
        string? obstacle = null;
        TokenTracer? tracer = _own ?? await InTurnAsync(_ => FindOther(out obstacle), cancellationToken).ConfigureAwait(false);
        if (tracer is null)
        {
            return new SpladeTrace(finished, Tokens: null, obstacle);
        }

        TraceSettings settings = Settings(text, mostTokens);
        var traces = new WindowTraces(settings);
        int[] entries = finished.Vector.Indices.ToArray();
        for (int window = 0; window < text.WindowCount; window++)
        {
            int[] positions = text.PositionsOf(window);
            (_, TracedEntry[] traced) = await InTurnAsync(
                load => tracer.Trace(Batch(text, positions), _ => (Result: 0, entries), settings, load, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            traces.Add(entries, traced, positions);
        }

        return new SpladeTrace(finished, traces.Of(entries), Obstacle: null);
    }

    public void Dispose()
    {
        _other?.Dispose();
        _turns.Dispose();
    }

    private TokenBatch Batch(TextTokens text, int[] positions) => new([Array.ConvertAll(positions, p => text.Tokens[p].Id)], padTokenId);

    // Of one window the weights are not compared with those of others, and need not be added up.
    private TraceSettings Settings(TextTokens text, int mostTokens) => new(mostTokens, activate, addsUp && text.WindowCount > 1);

    private async Task<T> InTurnAsync<T>(Func<RunLoad, T> run, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            RunLoad load = Interlocked.Increment(ref _running) == 1 ? RunLoad.Lone : RunLoad.Busy;
            return await Task.Run(() => run(load), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _turns.Release();
        }
    }

    private TokenTracer? FindOther(out string? obstacle)
    {
        obstacle = null;
        if (!model.PoolsLogits)
        {
            obstacle = "The ONNX file pools inside and gives one row for a text: what its tokens said is not there to be read. "
                + "Export the model for the task fill-mask, with logits.";
            return null;
        }

        try
        {
            return Other().Tracer;
        }
        catch (SpladeModelException e)
        {
            obstacle = e.Message;
            return null;
        }
    }

    // Tried again by the next trace if it fails: what was missing may be there then.
    private TracingModel Other()
    {
        lock (_opening)
        {
            if (_other is null)
            {
                TracingModel opened = openOther();
                if (_files.FindChanged() is string changed)
                {
                    opened.Dispose();
                    throw new SpladeModelException("It is not the file any longer that the model was loaded from. Load the model again.", changed);
                }

                _other = opened;
            }

            return _other;
        }
    }
}
