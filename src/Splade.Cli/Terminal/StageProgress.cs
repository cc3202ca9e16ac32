using System.Diagnostics;

namespace Splade.Cli.Terminal;

/// <summary>Shows how far a long stage of work is, on standard error and only if that is a terminal.</summary>
internal sealed class StageProgress(string stage, int total) : IDisposable
{
    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastShown;
    private int _done;

    public void Add(int more)
    {
        _done += more;
        if (!Console.IsErrorRedirected && (_lastShown == 0 || Stopwatch.GetElapsedTime(_lastShown) > Interval))
        {
            _lastShown = Stopwatch.GetTimestamp();
            double rate = _done / Stopwatch.GetElapsedTime(_start).TotalSeconds;
            var left = TimeSpan.FromSeconds(rate > 0 ? Math.Round((total - _done) / rate) : 0);
            Console.Error.Write($"{EraseLine}{stage}: {_done} of {total}, {rate:F0}/s, {left:c} left");
        }
    }

    public void Dispose()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write(EraseLine);
        }
    }
}
