namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>The queued texts of short calls, and those of long ones.</summary>
/// <remarks>The scheduler's lock guards them.</remarks>
internal sealed class LaneQueues<TVector>
{
    private readonly TextQueue<TVector> _short = new();
    private readonly TextQueue<TVector> _long = new();

    /// <summary>How many texts wait.</summary>
    public int Count => _short.Count + _long.Count;

    /// <summary>How many tokens they have.</summary>
    public long Tokens => _short.Tokens + _long.Tokens;

    public TextQueue<TVector> this[Lane lane] => lane == Lane.Short ? _short : _long;

    public void Add(QueuedText<TVector> text) => this[text.Call.Lane].Add(text);

    /// <summary>Takes out all texts of a call.</summary>
    public void Remove(ScheduledCall<TVector> call) => this[call.Lane].Remove(call);
}
