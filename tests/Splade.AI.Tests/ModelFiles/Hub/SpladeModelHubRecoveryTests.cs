using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>Downloads that go well in the end.</summary>
public sealed class SpladeModelHubRecoveryTests : IAsyncLifetime, IDisposable
{
    private const string Onnx = "onnx/model.onnx";

    private readonly TemporaryCache _cache = new();
    private readonly HubServer _server = HubServer.WithModel();

    private string Incomplete => Path.Combine(_cache.Repository, "blobs", _server.HashOf(Onnx) + ".incomplete");

    private byte[] Content => _server.Files[Onnx];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task ResolveAsync_TooManyRequests_WaitsAsLongAsTheServerAsks()
    {
        _server.Fail("/api/", HubFault.Status(429, ("Retry-After", "17")));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal([TimeSpan.FromSeconds(17)], _cache.Clock.Waits);
    }

    [Theory]
    [InlineData("/api/", 500)]
    [InlineData("/resolve/", 503)]
    [InlineData("/cdn/", 502)]
    [InlineData("/cdn/", 403)]
    public async Task ResolveAsync_FailureOfAServer_IsTriedAgain(string path, int status)
    {
        _server.Fail(path, HubFault.Status(status));
        _server.Fail(path, HubFault.Status(status));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
        Assert.Equal(2, _cache.Clock.Waits.Count);
    }

    [Fact]
    public async Task ResolveAsync_ConnectionCutTwice_GoesOnWhereItStopped()
    {
        _server.Fail("/cdn/", HubFault.CutAfter(100_000));
        _server.Fail("/cdn/", HubFault.CutAfter(50_000));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
        Assert.Equal([null, 100_000, 150_000], _server.Requests.Where(IsStorage).Select(r => r.RangeFrom));
    }

    [Fact]
    public async Task ResolveAsync_SmallFileCut_GoesOnOnlyIfItIsTheSame()
    {
        _server.Files["tokenizer.json"] = HubServer.Content(200_000);
        _server.Fail("tokenizer.json", HubFault.CutAfter(60_000));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        HubRequest second = _server.Requests.Last(r => r.Path.EndsWith("/tokenizer.json", StringComparison.Ordinal));
        Assert.Equal((60_000, $"\"{_server.HashOf("tokenizer.json")}\""), (second.RangeFrom, second.IfRange));
        Assert.Equal(_server.Files["tokenizer.json"], _cache.Read("tokenizer.json"));
    }

    [Fact]
    public async Task ResolveAsync_ServerWithoutRanges_BeginsAnew()
    {
        _server.KnowsRanges = false;
        _server.Fail("/cdn/", HubFault.CutAfter(100_000));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
    }

    [Fact]
    public async Task ResolveAsync_SilentConnection_CountsAsCut()
    {
        _server.Fail("/cdn/", HubFault.PauseAfter(100_000, new TaskCompletionSource().Task));
        await _cache.CreateHub(_server, o => o.StallTimeout = TimeSpan.FromSeconds(1)).ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
        Assert.Equal([null, 100_000], _server.Requests.Where(IsStorage).Select(r => r.RangeFrom));
    }

    [Fact]
    public async Task ResolveAsync_CancelledInTheMiddle_GoesOnTheNextTime()
    {
        var pause = new TaskCompletionSource();
        _server.Fail("/cdn/", HubFault.PauseAfter(100_000, pause.Task));
        using var cancellation = new CancellationTokenSource();
        var progress = new ImmediateProgress<HubProgress>(p =>
        {
            if (p is { File: Onnx, BytesDone: 100_000 })
            {
                cancellation.Cancel();
            }
        });
        SpladeModelHub hub = _cache.CreateHub(_server);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.ResolveAsync(HubServer.Name, progress: progress, cancellationToken: cancellation.Token));
        Assert.Equal(100_000, new FileInfo(Incomplete).Length);
        Assert.False(Directory.Exists(Path.Combine(_cache.Repository, "refs")));
        Assert.Empty(hub.ListCached());

        await hub.ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
        Assert.Equal(100_000, _server.Requests.Last(IsStorage).RangeFrom);
        pause.SetResult();
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public async Task ResolveAsync_DamagedRemainsOfAnEarlierProcess_AreReplaced(int length)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Incomplete)!);
        await File.WriteAllBytesAsync(Incomplete, new byte[length]);
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
        Assert.False(File.Exists(Incomplete));
    }

    [Fact]
    public async Task ResolveAsync_BlobOfAnotherSize_IsReplaced()
    {
        string blob = Path.Combine(_cache.Repository, "blobs", _server.HashOf(Onnx));
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        await File.WriteAllTextAsync(blob, "torn");
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(Content, _cache.Read(Onnx));
    }

    [Theory]
    [InlineData(Onnx)]
    [InlineData("config.json")]
    public async Task ResolveAsync_WrongContentOnce_IsFetchedAgain(string file)
    {
        byte[] wrong = [.. _server.Files[file]];
        wrong[^1] ^= 1;
        _server.Fail(file == Onnx ? "/cdn/" : $"{HubServer.Commit}/{file}", HubFault.Answer(wrong));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files[file], _cache.Read(file));
    }

    private static bool IsStorage(HubRequest request) => request.Path.StartsWith("/cdn/", StringComparison.Ordinal);
}
