using System.Collections.Concurrent;
using System.Diagnostics;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>Listens to sources of spans, and keeps those that have ended, from all tests of the process.</summary>
internal sealed class SpanLog : IDisposable
{
    private readonly ActivityListener _listener;

    public SpanLog(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConcurrentQueue<Activity> Ended { get; } = new();

    /// <summary>The library's spans of one model.</summary>
    public Activity[] Of(string model) => [.. Ended.Where(s => s.Source.Name == SpladeTelemetry.ActivitySourceName && model.Equals(s.GetTagItem("splade.model")))];

    public void Dispose() => _listener.Dispose();
}
