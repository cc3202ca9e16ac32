using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Splade.AI.Remote.Tests.TestDoubles;

/// <summary>A server on loopback that answers as a test says, and keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Func<ScriptedRequest, CancellationToken, Task<ScriptedAnswer>> _answer;
    private int _underWay;

    private ScriptedServer(Func<ScriptedRequest, CancellationToken, Task<ScriptedAnswer>> answer)
    {
        _answer = answer;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it was asked, by the time of the end of the question.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    /// <summary>The most requests that were under way at a time.</summary>
    public int MostUnderWay { get; private set; }

    public IEnumerable<ScriptedRequest> Posts => Requests.Where(request => request.Method == "POST");

    public HttpClient Client { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    public static async Task<ScriptedServer> StartAsync(Func<ScriptedRequest, CancellationToken, Task<ScriptedAnswer>> answer)
    {
        var server = new ScriptedServer(answer);
        await server._application.StartAsync();
        server.Address = new Uri(server._application.Urls.Single());
        return server;
    }

    public static Task<ScriptedServer> StartAsync(Func<ScriptedRequest, ScriptedAnswer> answer) =>
        StartAsync((request, _) => Task.FromResult(answer(request)));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        var request = new ScriptedRequest(context.Request.Method, context.Request.Path.Value!.Trim('/'), body, context.Request.Headers.Authorization);
        Requests.Enqueue(request);
        int underWay = Interlocked.Increment(ref _underWay);
        lock (Requests)
        {
            MostUnderWay = Math.Max(MostUnderWay, underWay);
        }

        try
        {
            ScriptedAnswer answer = await _answer(request, context.RequestAborted);
            context.Response.StatusCode = answer.Status;
            foreach ((string name, string value) in answer.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(answer.Body, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort(); // Whoever asked has gone.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}

internal sealed record ScriptedRequest(string Method, string Path, string Body, string? Authorization)
{
    public JsonElement Json { get; } = Body.Length == 0 ? default : JsonDocument.Parse(Body).RootElement;

    /// <summary>The texts of the request.</summary>
    public string[] Inputs => [.. (Json.TryGetProperty("inputs", out JsonElement inputs) ? inputs : Json.TryGetProperty("texts", out JsonElement texts)
        ? texts
        : Json.GetProperty("documents")).EnumerateArray().Select(text => text.GetString()!)];
}

internal sealed record ScriptedAnswer(string Body, int Status = 200, params (string Name, string Value)[] Headers)
{
    public static implicit operator ScriptedAnswer(string body) => new(body);
}
