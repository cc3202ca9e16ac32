using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Splade.Benchmarks.Commands;

namespace Splade.Benchmarks.Serving;

/// <summary><c>splade serve</c> in a process of its own, and clients of it.</summary>
internal sealed class ServedModel : IDisposable
{
    private readonly Process _server;
    private readonly HttpClient _client;

    /// <exception cref="UsageException">The command line is not built.</exception>
    public ServedModel(string folder)
    {
        string program = Path.Combine(Repository.Root, "src", "Splade.Cli", "bin", "Release", "net10.0", "splade.dll");
        if (!File.Exists(program))
        {
            throw new UsageException($"{program} is missing. Build src/Splade.Cli with -c Release.");
        }

        string port = $"{FreePort()}";
        _server = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", folder, "--port", port]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        SpinWait.SpinUntil(IsThere, TimeSpan.FromMinutes(1));
    }

    /// <summary>Sends texts in requests of a size, so many at once, and reads all answers.</summary>
    /// <returns>How many vectors came back.</returns>
    public int Encode(IReadOnlyList<string> texts, int ofRequest, int atOnce)
    {
        int count = 0;
        Parallel.ForEachAsync(texts.Chunk(ofRequest), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (batch, cancellation) =>
        {
            using HttpResponseMessage answer = await _client.PostAsJsonAsync("embed_sparse", new { inputs = batch, truncate = true }, cancellation).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            using JsonDocument vectors = (await answer.Content.ReadFromJsonAsync<JsonDocument>(cancellation).ConfigureAwait(false))!;
            Interlocked.Add(ref count, vectors.RootElement.GetArrayLength());
        }).GetAwaiter().GetResult();
        return count;
    }

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        _client.Dispose();
    }

    private bool IsThere()
    {
        try
        {
            return _server.HasExited
                ? throw new UsageException("The server ended before it answered.")
                : _client.GetAsync("health").GetAwaiter().GetResult().IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            Thread.Sleep(50);
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
