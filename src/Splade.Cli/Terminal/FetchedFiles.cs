using System.Collections.Concurrent;
using System.Globalization;
using Splade.AI.ModelFiles.Hub;

namespace Splade.Cli.Terminal;

/// <summary>Which files a download has brought.</summary>
internal sealed class FetchedFiles : IProgress<HubProgress>
{
    private const double Megabyte = 1e6;

    private readonly ConcurrentDictionary<string, long> _bytes = new();

    private IProgress<HubProgress>? _next;

    /// <summary>Passes on to others what is reported here.</summary>
    public FetchedFiles Before(IProgress<HubProgress>? next)
    {
        _next = next;
        return this;
    }

    public void Report(HubProgress value)
    {
        _bytes[value.File] = value.BytesTotal;
        _next?.Report(value);
    }

    public override string ToString() => _bytes.IsEmpty
        ? "The cache had all files."
        : string.Create(CultureInfo.InvariantCulture, $"Fetched {_bytes.Count} files, {_bytes.Values.Sum() / Megabyte:0.0} MB.");
}
