using System.Diagnostics;
using Splade.AI.Ingest;

namespace Splade.Cli.Stores;

/// <summary>Shows how far an ingestion is, on standard error and only if that is a terminal.</summary>
internal sealed class IngestDisplay : IProgress<IngestProgress>, IDisposable
{
    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _showing = new();
    private long _lastShown;

    public void Report(IngestProgress value)
    {
        lock (_showing)
        {
            if (!Console.IsErrorRedirected && (_lastShown == 0 || Stopwatch.GetElapsedTime(_lastShown) > Interval))
            {
                _lastShown = Stopwatch.GetTimestamp();
                string of = value.Total is long total ? $" of {total}" : "";
                string left = value.TimeLeft is TimeSpan time ? $", {TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)):c} left" : "";
                Console.Error.Write($"{EraseLine}Documents: {value.Documents}{of}, {value.PassagesPerSecond:F0} passages/s{left}");
            }
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
