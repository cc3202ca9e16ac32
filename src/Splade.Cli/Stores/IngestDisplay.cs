using Splade.AI.Ingest;
using Splade.Cli.Terminal;

namespace Splade.Cli.Stores;

/// <summary>Shows how far an ingestion is, on standard error and only if that is a terminal.</summary>
internal sealed class IngestDisplay : IProgress<IngestProgress>, IDisposable
{
    private readonly StatusLine _status = new();
    private readonly Lock _showing = new();

    public void Report(IngestProgress value)
    {
        lock (_showing)
        {
            _status.Show(() =>
            {
                string of = value.Total is long total ? $" of {total}" : "";
                string left = value.TimeLeft is TimeSpan time ? $", {TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)):c} left" : "";
                return $"Documents: {value.Documents}{of}, {value.PassagesPerSecond:F0} passages/s{left}";
            });
        }
    }

    public void Dispose() => _status.Dispose();
}
