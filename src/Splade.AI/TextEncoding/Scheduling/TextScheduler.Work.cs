using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding.Scheduling;

/// <content>What a worker does.</content>
internal sealed partial class TextScheduler<TVector>
{
    /// <summary>Does one batch in a place that was taken for it, and passes the place on if there is more to do. A thread of its own goes on.</summary>
    private void Work(LaneSlots<TVector> slots)
    {
        LaneSlots<TVector>? next;
        do
        {
            if (TakeBatch(slots) is TextBatch<TVector> batch)
            {
                Run(slots.Device, batch);
            }

            lock (_lock)
            {
                slots.Workers--;
                next = OpenSlot();
                if (--_workers == 0)
                {
                    _drained?.SetResult();
                }
            }
        }
        while (next == slots && slots.Lane == Lane.Long);

        next?.Start();
    }

    // Each worker starts the next one, as long as there is something left for it.
    private TextBatch<TVector>? TakeBatch(LaneSlots<TVector> slots)
    {
        TextBatch<TVector>? batch;
        LaneSlots<TVector>? next;
        lock (_lock)
        {
            if (!HasWorkFor(slots))
            {
                return null;
            }

            batch = FindAgainFor(slots) ?? TakeQueued(slots.Lane);
            _again.Remove(batch);
            batch.Begin();
            batch.Load = LoadFor(slots);
            _running++;
            next = OpenSlot();
        }

        next?.Start();
        return batch;
    }

    // A query beside long runs gets its share of every processor, not of one.
    private RunLoad LoadFor(LaneSlots<TVector> slots)
    {
        bool isAlone = _running == 0 && _queue.Count == 0 && _again.Count == 0;
        return isAlone || (slots is { Lane: Lane.Short, Workers: 1 } && slots.Device.Long.Workers > 0) ? RunLoad.Lone : RunLoad.Busy;
    }

    private TextBatch<TVector> TakeQueued(Lane lane)
    {
        var batch = new TextBatch<TVector>(_queue[lane].Take(BudgetFor(lane)));
        foreach (QueuedText<TVector> text in batch.Texts)
        {
            if (lane == Lane.Long)
            {
                _room.Release(text.Call, text.Length);
            }
        }

        return batch;
    }

    // The last texts are shared out evenly: no worker is idle while another one has a full batch. Beside long calls short ones have one
    // place, and the next one is not to wait long for it.
    private int BudgetFor(Lane lane)
    {
        bool besideLong = lane == Lane.Short && Array.Exists(_devices, d => d.Long.Workers > 0);
        long share = besideLong ? 0 : (_queue[lane].Tokens + _places - 1) / _places;
        return (int)Math.Clamp(share, Math.Min(SchedulerSettings.LeastBudget, _tokenBudget), _tokenBudget);
    }

    private void Run(RunnerSlots<TVector> device, TextBatch<TVector> batch)
    {
        Exception? failure = null;
        try
        {
            TokenBatch tokens = batch.ToTokens(_settings.PadTokenId);
            Measure(device, tokens);
            TVector[] vectors = device.Runner.Run(tokens, batch.Load, batch.Token);
            for (int i = 0; i < batch.Texts.Length; i++)
            {
                batch.Texts[i].Call.Store(batch.Texts[i], vectors[i]);
            }
        }
        catch (Exception e)
        {
            // Whatever it is, it goes to the calls: an exception here would end the process.
            failure = e;
        }

        Settle(device, batch, failure);
    }

    private void Measure(RunnerSlots<TVector> device, TokenBatch batch)
    {
        if (BatchTelemetry.IsWatched)
        {
            _telemetry.Record(device.Runner.Device, batch.Rows, batch.Lengths.Sum(length => (long)length), (long)batch.Rows * batch.Length);
        }
    }

    /// <summary>Takes one of the places in which a worker would find something to do: a short call's first, on the least busy device; null if there is none.</summary>
    private LaneSlots<TVector>? OpenSlot()
    {
        LaneSlots<TVector>? best = FindSlot(Lane.Short) ?? FindSlot(Lane.Long);
        if (best is not null)
        {
            best.Workers++;
            _workers++;
        }

        return best;
    }

    private LaneSlots<TVector>? FindSlot(Lane lane)
    {
        LaneSlots<TVector>? best = null;
        foreach (RunnerSlots<TVector> device in _devices)
        {
            LaneSlots<TVector> slots = lane == Lane.Short ? device.Short : device.Long;
            if (device.IsFreeFor(lane) && HasWorkFor(slots) && (best is null || device.Workers < best.Device.Workers))
            {
                best = slots;
            }
        }

        return best;
    }

    private bool HasWorkFor(LaneSlots<TVector> slots) =>
        !slots.Device.IsOut && ((slots.Device.Suspicions == 0 && _queue[slots.Lane].Count > 0) || FindAgainFor(slots) is not null);
}
