using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding.Scheduling;

/// <content>What a worker does.</content>
internal sealed partial class TextScheduler<TVector>
{
    /// <summary>Does one batch in a slot that was opened for it, and passes the slot on if there is more to do.</summary>
    private void Work(RunnerSlots<TVector> device)
    {
        if (TakeBatch(device) is TextBatch<TVector> batch)
        {
            Run(device, batch);
        }

        lock (_lock)
        {
            if (!HasWorkFor(device))
            {
                device.Workers--;
                if (--_workers == 0)
                {
                    _drained?.SetResult();
                }

                return;
            }
        }

        device.Start();
    }

    // Each worker starts the next one, as long as there is something left for it.
    private TextBatch<TVector>? TakeBatch(RunnerSlots<TVector> device)
    {
        TextBatch<TVector>? batch;
        RunnerSlots<TVector>? next;
        lock (_lock)
        {
            if (!HasWorkFor(device))
            {
                return null;
            }

            batch = FindAgainFor(device) ?? TakeQueued();
            _again.Remove(batch);
            batch.Begin();
            batch.Load = _running++ == 0 && _queue.Count == 0 && _again.Count == 0 ? RunLoad.Lone : RunLoad.Busy;
            next = OpenSlot();
        }

        next?.Start();
        return batch;
    }

    private TextBatch<TVector> TakeQueued()
    {
        // The last texts are shared out evenly: no worker is idle while another one has a full batch.
        long share = (_queue.Tokens + _places - 1) / _places;
        int budget = (int)Math.Clamp(share, Math.Min(SchedulerSettings.LeastBudget, _tokenBudget), _tokenBudget);
        var batch = new TextBatch<TVector>(_queue.Take(budget));
        foreach (QueuedText<TVector> text in batch.Texts)
        {
            _room.Release(text.Call, text.Length);
        }

        return batch;
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

    /// <summary>Takes the least busy of the places in which a worker would find something to do; null if there is none.</summary>
    private RunnerSlots<TVector>? OpenSlot()
    {
        RunnerSlots<TVector>? best = null;
        foreach (RunnerSlots<TVector> device in _devices)
        {
            if (device.IsFree && HasWorkFor(device) && (best is null || device.Workers < best.Workers))
            {
                best = device;
            }
        }

        if (best is not null)
        {
            best.Workers++;
            _workers++;
        }

        return best;
    }

    private bool HasWorkFor(RunnerSlots<TVector> device) =>
        !device.IsOut && ((device.Suspicions == 0 && _queue.Count > 0) || FindAgainFor(device) is not null);
}
