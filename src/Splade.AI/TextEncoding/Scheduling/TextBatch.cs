using System.Diagnostics.CodeAnalysis;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>Texts that are run together, perhaps of several calls, and what became of earlier tries.</summary>
/// <remarks>The scheduler's lock guards it; while it runs, its texts do not change.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and may be cancelled at any time: the collector frees it.")]
internal sealed class TextBatch<TVector>(QueuedText<TVector>[] texts)
{
    private ScheduledCall<TVector>[] _sharing = [];
    private CancellationTokenSource? _nobodyWaits;
    private int _waiting;

    public QueuedText<TVector>[] Texts { get; private set; } = texts;

    /// <summary>Which calls it has texts of.</summary>
    public Lane Lane => Texts[0].Call.Lane;

    /// <summary>How much there was to do when it was taken.</summary>
    public RunLoad Load { get; set; }

    /// <summary>Cancelled when nobody waits for any of its texts.</summary>
    public CancellationToken Token { get; private set; }

    /// <summary>The device that failed on it and waits for the verdict of another one; null before that.</summary>
    public RunnerSlots<TVector>? FailedOn { get; set; }

    /// <summary>Why that device failed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether texts were dropped since it failed: one of them may have been the cause, and success without them proves nothing.</summary>
    public bool LostTextsSinceFailure { get; private set; }

    /// <summary>Whether a failure is not tried again, because the company that it had and the devices are ruled out as its cause.</summary>
    public bool IsLastTry { get; init; }

    /// <summary>Whether somebody waits for one of its texts.</summary>
    public bool IsWanted => Array.Exists(Texts, t => !t.Call.IsDone);

    public IEnumerable<ScheduledCall<TVector>> Calls => Texts.Select(t => t.Call).Distinct();

    /// <summary>Prepares it for a run: texts that nobody waits for are dropped.</summary>
    public void Begin()
    {
        if (Array.Exists(Texts, t => t.Call.IsDone))
        {
            Texts = Array.FindAll(Texts, t => !t.Call.IsDone);
            LostTextsSinceFailure |= FailedOn is not null;
        }

        ScheduledCall<TVector> first = Texts[0].Call;
        Token = first.Token;
        if (Array.Exists(Texts, t => t.Call != first))
        {
            Share();
        }
    }

    public TokenBatch ToTokens(int padTokenId) => new(
        Array.ConvertAll(Texts, t => t.Ids),
        padTokenId,
        Array.Exists(Texts, t => t.TypeIds.Length > 0) ? Array.ConvertAll(Texts, t => t.TypeIds) : null);

    /// <summary>Says that a call does not wait any longer. Gives what is to be cancelled if it was the last.</summary>
    public CancellationTokenSource? Leave() => --_waiting == 0 ? _nobodyWaits : null;

    /// <summary>Says that the run is over.</summary>
    public void End()
    {
        foreach (ScheduledCall<TVector> call in _sharing)
        {
            call.SharedRuns.Remove(this);
        }

        _sharing = [];
    }

    private void Share()
    {
        _sharing = [.. Calls];
        _waiting = _sharing.Length;
        _nobodyWaits = new CancellationTokenSource();
        Token = _nobodyWaits.Token;
        foreach (ScheduledCall<TVector> call in _sharing)
        {
            call.SharedRuns.Add(this);
        }
    }
}
