using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Qdrant.Client.Grpc;

namespace Splade.AI.Qdrant.Tests.TestDoubles;

/// <summary>The Qdrant that the tests run against: one that SPLADE_QDRANT names, else a stand-in that the shared folder has, started once.</summary>
/// <remarks>What only the stand-in can do, fail by order and count calls, is tried with the stand-in only.</remarks>
internal static class QdrantServer
{
    private const string Variable = "SPLADE_QDRANT", KeyVariable = "SPLADE_QDRANT_KEY";

    private static readonly ConcurrentBag<QdrantHybridStoreOptions> Made = [];
    private static readonly HttpClient Client = new();
    private static readonly Lazy<Task<(Uri Grpc, Uri? Http)>> Running = new(StartAsync);

    /// <summary>Why there is none; null if there is one.</summary>
    public static string? Unavailable { get; } = Named is not null || Script is not null
        ? null
        : $"{Variable} names no Qdrant (http://host:6334), and no folder 'shared' beside the repository has a stand-in for one.";

    /// <summary>Why there is no server that fails by order; null if there is one.</summary>
    public static string? FaultsUnavailable { get; } = Unavailable ?? (Named is null ? null : $"{Variable} names a real server, which does not fail by order.");

    private static Uri? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? new Uri(address) : null;

    private static string? Script => OperatingSystem.IsLinux() && Repository.Shared is { } shared && File.Exists(Path.Combine(shared, "tools", "qdrant", "serve.sh"))
        ? Path.Combine(shared, "tools", "qdrant", "serve.sh")
        : null;

    /// <summary>Options for a collection of its own, which a real server is freed of at the end.</summary>
    public static async Task<QdrantHybridStoreOptions> OptionsAsync(string? name = null) => OptionsFor(await FindAsync(), name);

    /// <summary>Where it is, once it runs.</summary>
    public static async Task<Uri> FindAsync() => (await Running.Value).Grpc;

    /// <summary>Options for a collection at a server that runs.</summary>
    public static QdrantHybridStoreOptions OptionsFor(Uri endpoint, string? name)
    {
        var options = new QdrantHybridStoreOptions
        {
            Endpoint = endpoint,
            ApiKey = Environment.GetEnvironmentVariable(KeyVariable),
            CollectionName = name ?? $"t{Guid.NewGuid():N}",
            Exact = true,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        Made.Add(options);
        return options;
    }

    /// <summary>Orders faults, until they are ordered anew; nothing for none.</summary>
    public static async Task OrderFaultsAsync(object? faults = null)
    {
        // With a length: the stand-in reads no chunks.
        using var body = new StringContent(JsonSerializer.Serialize(faults ?? new { }));
        using HttpResponseMessage response = await Client.PutAsync(await StandInAsync("faults"), body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Begins to count calls anew.</summary>
    public static async Task ResetCountsAsync() => (await Client.DeleteAsync(await StandInAsync("counts"))).EnsureSuccessStatusCode();

    /// <summary>What was counted: <c>calls</c>, <c>failed</c>, <c>largest_bytes</c> by method, and <c>most_running</c>.</summary>
    public static async Task<JsonElement> CountsAsync() =>
        (await Client.GetFromJsonAsync<JsonElement>(await StandInAsync("counts"))).GetProperty("result");

    private static async Task<Uri> StandInAsync(string what) => new((await Running.Value).Http!, $"stand-in/{what}");

    private static async Task<(Uri Grpc, Uri? Http)> StartAsync()
    {
        if (Named is { } named)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteCollections();
            return (named, null);
        }

        (int rest, int grpc) = (FreePort(), FreePort());
        Process server = Process.Start(new ProcessStartInfo(Script!, ["--port", $"{rest}", "--grpc-port", $"{grpc}"]) { RedirectStandardOutput = true })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill(entireProcessTree: true);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        string? line = await server.StandardOutput.ReadLineAsync(limit.Token);
        return line?.Contains($"{grpc}", StringComparison.Ordinal) is true
            ? (new Uri($"http://127.0.0.1:{grpc}"), new Uri($"http://127.0.0.1:{rest}"))
            : throw new InvalidOperationException($"The stand-in for Qdrant did not start: {line}");
    }

    private static void DeleteCollections()
    {
        foreach (QdrantHybridStoreOptions options in Made.DistinctBy(made => made.CollectionName))
        {
            using var client = new QdrantGrpcClient(options.Endpoint, options.ApiKey);
            foreach (string suffix in new[] { "", "c", "n", "o", "p", "t" })
            {
                client.Collections.Delete(new DeleteCollection { CollectionName = options.CollectionName + suffix });
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A test that needs a Qdrant, or one that fails by order, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QdrantFactAttribute : FactAttribute
{
    public QdrantFactAttribute(bool faults = false) => Skip = faults ? QdrantServer.FaultsUnavailable : QdrantServer.Unavailable;
}

/// <summary>Tests that share the server, one after the other: the faults of one are nobody else's.</summary>
[CollectionDefinition(Name, DisableParallelization = false)]
public sealed class QdrantTests
{
    public const string Name = "Qdrant";
}
