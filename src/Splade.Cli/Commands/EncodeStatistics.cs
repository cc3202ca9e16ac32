using System.Diagnostics;
using System.Text.Json.Nodes;
using Splade.AI;

namespace Splade.Cli.Commands;

/// <summary>What `splade encode --stats` reports. The clock starts when it is created.</summary>
internal sealed class EncodeStatistics
{
    private const double BytesPerMebibyte = 1024 * 1024;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _tokens;

    /// <summary>How many texts were encoded.</summary>
    public long Documents { get; private set; }

    public void Add(IReadOnlyList<SpladeEncoding> encodings)
    {
        Documents += encodings.Count;
        _tokens += encodings.Sum(e => (long)e.TokenCount);
    }

    public string ToJson()
    {
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return new JsonObject
        {
            ["docs"] = Documents,
            ["seconds"] = Math.Round(seconds, 3),
            ["docs_per_s"] = Math.Round(Documents / seconds, 1),
            ["tokens"] = _tokens,
            ["peak_rss_mb"] = Math.Round(process.PeakWorkingSet64 / BytesPerMebibyte, 1),
        }.ToJsonString();
    }
}
