using Splade.AI.Telemetry;

namespace Splade.AI.TextEncoding.Scheduling;

/// <content>
/// What follows from a run. A batch that fails is tried on another device, if there is one; until then its device gets nothing new. If it
/// succeeds there, the device was at fault and is taken out; the last one never is. If it fails there too, or nowhere else can be tried,
/// the model or a text is at fault: the texts of each call are run apart, and then a failure is that of the call.
/// </content>
internal sealed partial class TextScheduler<TVector>
{
    private void Settle(RunnerSlots<TVector> device, TextBatch<TVector> batch, Exception? failure)
    {
        var unwanted = new Unwanted();
        RunnerSlots<TVector>? guilty = null;
        LaneSlots<TVector>? next;
        lock (_lock)
        {
            _running--;
            batch.End();
            if (failure is null)
            {
                guilty = Succeed(device, batch);
            }
            else if (failure is OperationCanceledException)
            {
                EndCancelled(batch, failure, ref unwanted);
            }
            else
            {
                Fail(device, batch, failure, ref unwanted);
            }

            next = OpenSlot();
        }

        next?.Start();
        unwanted.Cancel();
        if (guilty is not null)
        {
            Report(guilty, device, batch.Failure!);
        }
    }

    private void Report(RunnerSlots<TVector> guilty, RunnerSlots<TVector> other, Exception failure)
    {
        try
        {
            Log.DeviceTakenOut(_settings.Logger, guilty.Runner.Device, other.Runner.Device, failure.Message, failure);
        }
        catch (Exception)
        {
            // A worker's thread has no caller: what the host's logging throws would end the process.
        }
    }

    /// <returns>The device that is at fault for an earlier failure.</returns>
    private RunnerSlots<TVector>? Succeed(RunnerSlots<TVector> device, TextBatch<TVector> batch)
    {
        foreach (QueuedText<TVector> text in batch.Texts)
        {
            if (!text.Call.IsDone)
            {
                text.Call.CountResult(text);
            }
        }

        RunnerSlots<TVector>? accused = Acquit(batch);
        if (accused is null || accused == device || accused.IsOut || batch.LostTextsSinceFailure || !HasOthers(accused))
        {
            return null;
        }

        accused.IsOut = true;
        _places -= accused.Runner.ConcurrentRuns;
        return accused;
    }

    // A token may tell the run before it tells the call. A run that says it was cancelled, and was not, has failed.
    private void EndCancelled(TextBatch<TVector> batch, Exception failure, ref Unwanted unwanted)
    {
        Acquit(batch);
        foreach (ScheduledCall<TVector> call in batch.Calls)
        {
            End(call, call.Token.IsCancellationRequested ? new OperationCanceledException(call.Token) : failure, ref unwanted);
        }
    }

    private void Fail(RunnerSlots<TVector> device, TextBatch<TVector> batch, Exception failure, ref Unwanted unwanted)
    {
        if (!batch.IsWanted)
        {
            Acquit(batch);
            return;
        }

        if (batch is { FailedOn: null, IsLastTry: false } && HasOthers(device))
        {
            batch.FailedOn = device;
            batch.Failure = failure;
            device.Suspicions++;
            _again.Add(batch);
            return;
        }

        Acquit(batch);
        IGrouping<ScheduledCall<TVector>, QueuedText<TVector>>[] calls = [.. batch.Texts.GroupBy(t => t.Call)];
        if (calls is [var only])
        {
            End(only.Key, failure, ref unwanted);
            return;
        }

        _again.AddRange(calls.Select(c => new TextBatch<TVector>([.. c]) { IsLastTry = true }));
        DropUnwanted();
    }

    /// <summary>Withdraws what a batch says against a device.</summary>
    /// <returns>That device; null if it says nothing.</returns>
    private static RunnerSlots<TVector>? Acquit(TextBatch<TVector> batch)
    {
        RunnerSlots<TVector>? accused = batch.FailedOn;
        batch.FailedOn = null;
        if (accused is not null)
        {
            accused.Suspicions--;
        }

        return accused;
    }

    // The last device tries its own failures again: nobody else can.
    private TextBatch<TVector>? FindAgainFor(LaneSlots<TVector> slots)
    {
        foreach (TextBatch<TVector> batch in _again)
        {
            if (batch.Lane == slots.Lane && (batch.FailedOn != slots.Device || !HasOthers(slots.Device)))
            {
                return batch;
            }
        }

        return null;
    }

    private bool HasOthers(RunnerSlots<TVector> device)
    {
        foreach (RunnerSlots<TVector> other in _devices)
        {
            if (other != device && !other.IsOut)
            {
                return true;
            }
        }

        return false;
    }

    private void Abandon(ScheduledCall<TVector> call, Exception failure)
    {
        var unwanted = new Unwanted();
        LaneSlots<TVector>? next;
        lock (_lock)
        {
            End(call, failure, ref unwanted);
            next = OpenSlot();
        }

        next?.Start();
        unwanted.Cancel();
    }

    private void End(ScheduledCall<TVector> call, Exception failure, ref Unwanted unwanted)
    {
        if (call.IsDone)
        {
            return;
        }

        _queue.Remove(call);
        _room.Leave(call);
        foreach (TextBatch<TVector> run in call.SharedRuns)
        {
            unwanted.Add(run.Leave());
        }

        call.End(failure);
        DropUnwanted();
    }

    private void DropUnwanted()
    {
        for (int i = _again.Count - 1; i >= 0; i--)
        {
            if (!_again[i].IsWanted)
            {
                Acquit(_again[i]);
                _again.RemoveAt(i);
            }
        }
    }

    /// <summary>Runs that nobody waits for any longer, to be cancelled outside the lock: that calls foreign code.</summary>
    private struct Unwanted
    {
        private List<CancellationTokenSource>? _runs;

        public void Add(CancellationTokenSource? run)
        {
            if (run is not null)
            {
                (_runs ??= []).Add(run);
            }
        }

        public readonly void Cancel() => _runs?.ForEach(r => r.Cancel());
    }
}
