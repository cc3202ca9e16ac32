using System.Diagnostics;
using Splade.AI.Telemetry;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>Runs the texts of all calls of an encoder: bounded queues, and the workers of one or several devices that empty them.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent callers. Calls that come while all workers are busy share runs; a short one that finds a free worker's place takes it
/// itself, on its own thread, at once. Nothing waits for company, and there are no timers.
/// </para>
/// <para>
/// A run of a long call takes as long as a hundred queries. So short calls have a queue and a place of their own, see <see cref="RunnerSlots{TVector}"/>:
/// they run beside the long ones, and the system shares out the processors.
/// </para>
/// </remarks>
internal sealed partial class TextScheduler<TVector> : IWaitingTexts
{
    private readonly Lock _lock = new();
    private readonly LaneQueues<TVector> _queue = new();
    private readonly QueueRoom<TVector> _room;
    private readonly List<TextBatch<TVector>> _again = [];
    private readonly RunnerSlots<TVector>[] _devices;
    private readonly SchedulerSettings _settings;
    private readonly BatchTelemetry _telemetry;
    private readonly int _tokenBudget;
    private TaskCompletionSource? _drained;
    private int _places;
    private int _workers;
    private int _running;

    /// <param name="runners">A runner for each device, at least one. The smallest of their token budgets holds for all.</param>
    /// <param name="settings">How to work.</param>
    public TextScheduler(IReadOnlyList<ITextRunner<TVector>> runners, SchedulerSettings settings)
    {
        Debug.Assert(runners.Count > 0, "Somebody runs the texts.");
        _devices = [.. runners.Select(r => new RunnerSlots<TVector>(r, Work))];
        _room = new QueueRoom<TVector>(settings.QueuedTokens);
        _settings = settings;
        _telemetry = new BatchTelemetry(settings.Model);
        _tokenBudget = runners.Min(r => r.TokenBudget);
        _places = runners.Sum(r => r.ConcurrentRuns);
        WaitingTexts.Add(this, settings.Model);
    }

    /// <summary>A call queues its texts whenever they have this many tokens.</summary>
    public int Portion => _settings.Portion;

    /// <summary>The devices that have not been taken out.</summary>
    public IReadOnlyList<string> Devices
    {
        get
        {
            lock (_lock)
            {
                return [.. _devices.Where(d => !d.IsOut).Select(d => d.Runner.Device)];
            }
        }
    }

    /// <summary>The tokens that are queued, or about to be.</summary>
    public int HeldTokens
    {
        get
        {
            lock (_lock)
            {
                return _room.Held + (int)_queue[Lane.Short].Tokens;
            }
        }
    }

    /// <inheritdoc/>
    public (int Texts, long Tokens) Waiting
    {
        get
        {
            lock (_lock)
            {
                return (_queue.Count, _queue.Tokens);
            }
        }
    }

    /// <summary>Begins a call of at least one text. It is to be disposed, whatever becomes of it.</summary>
    public ScheduledCall<TVector> Begin(int count, CancellationToken cancellationToken)
    {
        var call = new ScheduledCall<TVector>(this, count, cancellationToken);
        call.WatchToken();
        return call;
    }

    /// <summary>Queues some texts of a call that has more, as soon as there is room for them.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled; it carries the call's token.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text of the call: the others are of no use.</exception>
    public async ValueTask QueueAsync(ScheduledCall<TVector> call, List<QueuedText<TVector>> texts)
    {
        call.HasQueued = true;
        await AddAsync(call, texts).ConfigureAwait(false);
        LaneSlots<TVector>? worker;
        bool hasFailed;
        lock (_lock)
        {
            worker = OpenSlot();
            hasFailed = call.IsDone;
        }

        worker?.Start();
        if (hasFailed)
        {
            call.GetResults();
        }
    }

    /// <summary>Queues the last texts of a call and gives its results. If a place for a short call is free, the first run is made by this thread.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled; it carries the call's token.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text of the call.</exception>
    public async ValueTask<EncodedText<TVector>[]> FinishAsync(ScheduledCall<TVector> call, List<QueuedText<TVector>> texts)
    {
        if (!call.HasQueued && Tokens(texts) <= _settings.ShortCall)
        {
            call.Lane = Lane.Short;
        }

        await AddAsync(call, texts).ConfigureAwait(false);
        LaneSlots<TVector>? worker;
        lock (_lock)
        {
            worker = call.IsDone ? null : OpenSlot();
        }

        if (worker?.Lane == Lane.Short)
        {
            worker.Execute();
        }
        else
        {
            worker?.Start();
        }

        Task done;
        lock (_lock)
        {
            done = call.WaitAsync();
        }

        await done.ConfigureAwait(false);
        return call.GetResults();
    }

    /// <summary>Ends a call for its caller: what it has in the queue is dropped, and so is a run that nobody else waits for.</summary>
    public void Cancel(ScheduledCall<TVector> call) => Abandon(call, new OperationCanceledException(call.Token));

    /// <summary>Waits for the runs under way, then frees the runners. To be called once, when no call is left.</summary>
    public async Task CloseAsync()
    {
        Task drained = Task.CompletedTask;
        lock (_lock)
        {
            Debug.Assert(_queue.Count == 0, "Calls are done before their encoder is.");
            if (_workers > 0)
            {
                _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                drained = _drained.Task;
            }
        }

        WaitingTexts.Remove(this);
        await drained.ConfigureAwait(false);
        Array.ForEach(_devices, d => d.Runner.Dispose());
    }

    // A short call has room: it is no larger than what its caller holds anyway.
    private async ValueTask AddAsync(ScheduledCall<TVector> call, List<QueuedText<TVector>> texts)
    {
        Task? room = null;
        lock (_lock)
        {
            if (!call.IsDone && call.Lane == Lane.Long)
            {
                room = _room.Take(call, Tokens(texts));
            }
        }

        if (room is not null)
        {
            await room.ConfigureAwait(false);
        }

        lock (_lock)
        {
            if (!call.IsDone)
            {
                texts.ForEach(_queue.Add);
            }
        }
    }

    private static int Tokens(List<QueuedText<TVector>> texts)
    {
        int tokens = 0;
        texts.ForEach(t => tokens += t.Length);
        return tokens;
    }
}
