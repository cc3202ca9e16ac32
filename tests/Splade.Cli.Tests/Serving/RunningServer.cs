using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Splade.Cli.Serving;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Serving;

/// <summary>A server with all kinds of models, for the tests of a class, and ways to start another.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    internal EncoderServer Server { get; private set; } = null!;

    public HttpClient Client { get; } = new();

    internal static ServeSettings Settings { get; } = new() { Folder = Files.Model, Port = 0 };

    public async Task InitializeAsync()
    {
        Server = await EncoderServer.StartAsync(Settings with { DenseFolder = Files.DenseModel, RerankFolder = Files.Reranker }, CancellationToken.None);
        Client.BaseAddress = Server.Address;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string body) => PostAsync(Client, path, body);

    public static async Task<(int Status, JsonElement Body)> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>A request with texts, each as long as the model reads, so that it is under way for a while.</summary>
    public static string LongRequest(int texts)
    {
        string text = string.Join(' ', Enumerable.Repeat("planet", 500));
        return JsonSerializer.Serialize(new { inputs = Enumerable.Repeat(text, texts) });
    }
}
