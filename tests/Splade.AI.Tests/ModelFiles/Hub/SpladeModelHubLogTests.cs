using Microsoft.Extensions.Logging;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

public sealed class SpladeModelHubLogTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryCache _cache = new();
    private readonly TestLoggerFactory _log = new();
    private readonly HubServer _server = HubServer.WithModel();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _cache.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task ResolveAsync_Download_IsLoggedWithItsRetriesAndWithoutTheToken()
    {
        _server.RequiredToken = "hf_secret";
        _server.Fail("/cdn/", HubFault.Status(500));
        await _cache.CreateHub(_server, o => (o.Token, o.LoggerFactory) = ("hf_secret", _log)).ResolveAsync(HubServer.Name);
        Assert.Contains(_log.Entries, m => m.Level == LogLevel.Warning && m.Message.Contains("Retry 1 of 5", StringComparison.Ordinal));
        Assert.Contains(_log.Entries, m => m.Level == LogLevel.Information && m.Message.StartsWith("Downloaded acme/splade", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Entries, m => m.Message.Contains("hf_secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolveAsync_FolderWithTheNameOfACachedModel_IsTakenAndReported()
    {
        string owner = Path.GetRandomFileName().Replace('.', 'x');
        Directory.CreateDirectory(Path.Combine(owner, "splade"));
        try
        {
            Directory.CreateDirectory(Path.Combine(_cache.Folder, "hub", $"models--{owner}--splade"));
            string folder = await _cache.CreateHub(_server, o => o.LoggerFactory = _log).ResolveAsync($"{owner}/splade");
            Assert.Equal(Path.GetFullPath(Path.Combine(owner, "splade")), folder);
            Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
            await _cache.CreateHub(_server, o => o.LoggerFactory = _log).ResolveAsync($"./{owner}/splade");
            Assert.Single(_log.Entries);
            Assert.Empty(_server.Requests);
        }
        finally
        {
            Directory.Delete(owner, recursive: true);
        }
    }
}
