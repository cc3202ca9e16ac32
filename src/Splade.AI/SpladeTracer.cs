using Splade.AI.Onnx;
using Splade.AI.Onnx.Scheduling;
using Splade.AI.Onnx.Tracing;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>Runs one text at a time and finds the tokens that gave its vector the weights that it has.</summary>
/// <remarks>
/// <para>Safe for concurrent callers, who wait for their turn: as many runs go on at a time as the encoder has, besides its own.</para>
/// <para>
/// Where the model's own runs show what tokens say, they are used. Where logits are computed inside the graph, as on graphics cards, the
/// hidden states come from a second session on the processors, which the first trace opens. A graph that pools inside shows nothing.
/// </para>
/// </remarks>
/// <param name="runner">The model. It is not disposed.</param>
/// <param name="activate">The activation of a logit above 0.</param>
/// <param name="padTokenId">The id that fills rows.</param>
/// <param name="openOther">Opens the second session.</param>
internal sealed class SpladeTracer(OnnxRunner<SparseVector> runner, Func<float, float> activate, int padTokenId, Func<TracingModel> openOther) : IDisposable
{
    private readonly TokenTracer? _own = runner.Model.Tracer;
    private readonly FileStamps _files = new(runner.Model.Files);
    private readonly SemaphoreSlim _turns = new(runner.ConcurrentRuns);
    private readonly Lock _opening = new();
    private TracingModel? _other;
    private int _running;

    /// <summary>Whether a trace makes the text's vector too, in the same run.</summary>
    public bool MakesVectors => _own is not null;

    /// <summary>Runs a text on the thread pool, makes its vector, and finds the tokens that gave its entries most.</summary>
    /// <param name="ids">The tokens of the text.</param>
    /// <param name="finish">What is done to the vector before it is explained.</param>
    /// <param name="mostTokens">How many tokens are told of each entry at most, at least 1.</param>
    /// <param name="cancellationToken">Observed before and within the run.</param>
    public Task<SpladeTrace> EncodeAsync(int[] ids, Func<SparseVector, SparseVector> finish, int mostTokens, CancellationToken cancellationToken) =>
        InTurnAsync(load =>
        {
            (SparseVector vector, TokenActivation[][] tokens) = runner.Model.RunAndTrace(
                Batch(ids), row => finish(runner.Pool(row)), v => v.Indices.ToArray(), Settings(mostTokens), load, cancellationToken);
            return new SpladeTrace(vector, tokens, Obstacle: null);
        }, cancellationToken);

    /// <summary>Runs a text on the thread pool and finds the tokens that give the entries of a vector most.</summary>
    /// <inheritdoc cref="EncodeAsync"/>
    public Task<SpladeTrace> TraceAsync(int[] ids, SparseVector vector, int mostTokens, CancellationToken cancellationToken) =>
        InTurnAsync(load =>
        {
            if (FindTracer(out string? obstacle) is not TokenTracer tracer)
            {
                return new SpladeTrace(vector, Tokens: null, obstacle);
            }

            int[] entries = vector.Indices.ToArray();
            (_, TokenActivation[][] tokens) = tracer.Trace(Batch(ids), _ => (vector, entries), Settings(mostTokens), load, cancellationToken);
            return new SpladeTrace(vector, tokens, Obstacle: null);
        }, cancellationToken);

    public void Dispose()
    {
        _other?.Dispose();
        _turns.Dispose();
    }

    private TokenBatch Batch(int[] ids) => new([ids], padTokenId);

    private TraceSettings Settings(int mostTokens) => new(mostTokens, activate);

    private async Task<SpladeTrace> InTurnAsync(Func<RunLoad, SpladeTrace> run, CancellationToken cancellationToken)
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

    private TokenTracer? FindTracer(out string? obstacle)
    {
        obstacle = null;
        if (_own is not null)
        {
            return _own;
        }

        if (!runner.Model.PoolsLogits)
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
