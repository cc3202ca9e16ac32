using System.Net;
using Splade.Cli.Terminal;

namespace Splade.Cli.Serving;

/// <summary>What `splade serve` was asked for.</summary>
internal sealed record ServeSettings
{
    /// <summary>The folder of the sparse model.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of the dense model; null for none.</summary>
    public string? DenseFolder { get; init; }

    /// <summary>The folder of the reranker; null for none.</summary>
    public string? RerankFolder { get; init; }

    public EngineSettings Engine { get; init; } = EngineSettings.Default;

    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>What callers must know; null for nothing.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The most texts of a request.</summary>
    public int MaxBatchSize { get; init; } = 32;

    /// <summary>The most texts of all requests under way, those that wait included.</summary>
    public int MaxConcurrentTexts { get; init; } = 512;

    /// <summary>The most bytes of a request.</summary>
    public int MaxBodyBytes { get; init; } = 2_000_000;

    /// <summary>The most characters of a text.</summary>
    public int MaxCharacters { get; init; } = 200_000;

    /// <summary>Whether texts are cut to what a model reads where a request does not say.</summary>
    public bool AutoTruncate { get; init; }

    /// <summary>How long requests under way may take once the server is stopped.</summary>
    public TimeSpan TimeToEnd { get; init; } = TimeSpan.FromSeconds(30);
}
