using System.Diagnostics;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

public sealed class SpladeModelHubConcurrencyTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryCache _cache = new();
    private readonly HubServer _server = HubServer.WithModel();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResolveAsync_ManyAtOnce_FetchEachFileOnce(bool withLinks)
    {
        string[] folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _cache.CreateHub(_server, o =>
        {
            if (!withLinks)
            {
                o.CreateLink = (_, _) => throw new IOException();
            }
        }).ResolveAsync(HubServer.Name))));
        Assert.All(folders, f => Assert.Equal(_cache.Snapshot, f));
        Assert.Equal(_server.Files["onnx/model.onnx"], _cache.Read("onnx/model.onnx"));
        Assert.All((string[])["onnx/model.onnx", "config.json", "tokenizer.json"], f => Assert.Equal(1, _server.Downloads(f)));
    }

    [Fact]
    public async Task ResolveAsync_OneOfTwoCancelled_TheOtherFinishes()
    {
        var pause = new TaskCompletionSource();
        _server.Fail("/cdn/", HubFault.PauseAfter(100_000, pause.Task));
        using var cancellation = new CancellationTokenSource();
        var downloading = new TaskCompletionSource();
        var progress = new ImmediateProgress<HubProgress>(p =>
        {
            if (p.BytesDone == 100_000)
            {
                downloading.TrySetResult();
            }
        });
        Task<string> first = _cache.CreateHub(_server).ResolveAsync(HubServer.Name, progress: progress, cancellationToken: cancellation.Token);
        await downloading.Task;
        Task<string> second = _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(_cache.Snapshot, await second);
        Assert.Equal(_server.Files["onnx/model.onnx"], _cache.Read("onnx/model.onnx"));
        Assert.Equal(100_000, _server.Requests.Last(r => r.Path.StartsWith("/cdn/", StringComparison.Ordinal)).RangeFrom);
        pause.SetResult();
    }

    /// <summary>Another process holds the blob in the way that <c>huggingface_hub</c> does it on Unix; the command flock stands for it.</summary>
    [Fact]
    public async Task ResolveAsync_AnotherProcessHoldsAFile_IsWaitedFor()
    {
        if (!File.Exists("/usr/bin/flock"))
        {
            return;
        }

        string locked = Path.Combine(_cache.Folder, "hub", ".locks", "models--acme--splade", _server.HashOf("onnx/model.onnx") + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(locked)!);
        using Process other = Process.Start(new ProcessStartInfo("/usr/bin/flock", [locked, "sh", "-c", "echo held; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());

        Task<string> resolving = _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        while (_server.Downloads("tokenizer.json") == 0)
        {
            await Task.Delay(10);
        }

        await Task.Delay(200);
        Assert.False(resolving.IsCompleted);
        Assert.Equal(0, _server.Downloads("onnx/model.onnx"));
        other.StandardInput.Close();
        Assert.Equal(_cache.Snapshot, await resolving);
    }
}
