using System.Diagnostics;

namespace Splade.Cli.Terminal;

/// <summary>Shows how far a long stage of work is, on standard error and only if that is a terminal.</summary>
internal sealed class StageProgress(string stage, int total) : IDisposable
{
    private readonly StatusLine _status = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _done;

    public void Add(int more)
    {
        _done += more;
        _status.Show(() =>
        {
            double rate = _done / Stopwatch.GetElapsedTime(_start).TotalSeconds;
            var left = TimeSpan.FromSeconds(rate > 0 ? Math.Round((total - _done) / rate) : 0);
            return $"{stage}: {_done} of {total}, {rate:F0}/s, {left:c} left";
        });
    }

    public void Dispose() => _status.Dispose();
}
