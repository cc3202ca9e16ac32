namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>The room of the queue, in tokens, and the calls that wait for it.</summary>
/// <remarks>
/// One call gets at most half of it, so that others find room. Where calls wait, the one that holds least is served first, among equals
/// the one that came first: a new call comes before the next texts of a bulk call, and a bulk call whose texts have all been run comes before
/// later ones. Short calls take no room. Not safe for concurrent use: the scheduler's lock guards it.
/// </remarks>
internal sealed class QueueRoom<TVector>(int bound)
{
    private readonly List<Request> _waiting = [];

    /// <summary>How many tokens are queued, or about to be.</summary>
    public int Held { get; private set; }

    /// <summary>Takes room for texts of a call: null if there is some, else a task that ends once it was given, or once the call is done.</summary>
    public Task? Take(ScheduledCall<TVector> call, int tokens)
    {
        if (Fits(call, tokens) && !_waiting.Exists(w => w.Call.HeldTokens <= call.HeldTokens))
        {
            Give(call, tokens);
            return null;
        }

        var request = new Request(call, tokens);
        _waiting.Add(request);
        return request.Given.Task;
    }

    /// <summary>Gives room back, to those who wait.</summary>
    public void Release(ScheduledCall<TVector> call, int tokens)
    {
        call.HeldTokens -= tokens;
        Held -= tokens;
        ServeWaiting();
    }

    /// <summary>Gives back all that a call holds and waits for.</summary>
    public void Leave(ScheduledCall<TVector> call)
    {
        if (_waiting.Find(w => w.Call == call) is Request request)
        {
            _waiting.Remove(request);
            request.Given.SetResult();
        }

        Release(call, call.HeldTokens);
    }

    // Nobody overtakes the one who is next, or a call that wants much would wait for ever.
    private void ServeWaiting()
    {
        while (_waiting.MinBy(w => w.Call.HeldTokens) is Request next && Fits(next.Call, next.Tokens))
        {
            _waiting.Remove(next);
            Give(next.Call, next.Tokens);
            next.Given.SetResult();
        }
    }

    private bool Fits(ScheduledCall<TVector> call, int tokens) =>
        Held == 0 || (Held + tokens <= bound && (call.HeldTokens == 0 || call.HeldTokens + tokens <= bound / 2));

    private void Give(ScheduledCall<TVector> call, int tokens)
    {
        call.HeldTokens += tokens;
        Held += tokens;
    }

    private sealed record Request(ScheduledCall<TVector> Call, int Tokens)
    {
        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
