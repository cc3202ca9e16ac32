using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Splade.SemanticKernel.Tests.TestDoubles;

/// <summary>A <see cref="ScriptedOpenAIEndpoint"/> that other processes reach.</summary>
internal sealed class LocalEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    public LocalEndpoint(ScriptedOpenAIEndpoint script)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
        probe.Stop();
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _answering = AnswerAsync(script);
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
        _listener.Close();
    }

    private async Task AnswerAsync(ScriptedOpenAIEndpoint script)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // Stopped.
            }

            using var reader = new StreamReader(context.Request.InputStream);
            byte[] answer = Encoding.UTF8.GetBytes(script.Answer(await reader.ReadToEndAsync()));
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }
}
