using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>Downloads that go well.</summary>
public sealed class SpladeModelHubDownloadTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryCache _cache = new();
    private readonly HubServer _server = HubServer.WithModel();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task ResolveAsync_MissingModel_IsDownloadedIntoTheRealLayout()
    {
        string folder = await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_cache.Snapshot, folder);
        foreach (string file in (string[])["modules.json", "1_SpladePooling/config.json", "README.md", "onnx/model.onnx"])
        {
            Assert.Equal(_server.Files[file], _cache.Read(file));
            string link = new FileInfo(Path.Combine(folder, file)).LinkTarget!;
            Assert.False(Path.IsPathRooted(link));
            Assert.Equal(_server.HashOf(file), Path.GetFileName(link));
        }

        Assert.Equal(HubServer.Commit, await File.ReadAllTextAsync(Path.Combine(_cache.Repository, "refs", "main")));
        Assert.DoesNotContain(_cache.List(), f => f.Contains(".incomplete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolveAsync_WeightsOfOtherRuntimes_AreNotFetched()
    {
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(0, _server.Downloads("model.safetensors"));
        Assert.Equal(0, _server.Downloads("pytorch_model.bin"));
        Assert.Equal(1, _server.Downloads("onnx/model.onnx"));
    }

    [Fact]
    public async Task ResolveAsync_SecondTime_AsksNobody()
    {
        SpladeModelHub hub = _cache.CreateHub(_server);
        await hub.ResolveAsync(HubServer.Name);
        int requests = _server.Requests.Count;
        await hub.ResolveAsync(HubServer.Name);
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name, HubServer.Commit);
        Assert.Equal(requests, _server.Requests.Count);
    }

    [Fact]
    public async Task ResolveAsync_RepositoryWithoutModulesFile_IsAskedForOnce()
    {
        _server.Files.Remove("modules.json");
        SpladeModelHub hub = _cache.CreateHub(_server);
        await hub.ResolveAsync(HubServer.Name);
        int requests = _server.Requests.Count;
        await hub.ResolveAsync(HubServer.Name);
        Assert.Equal(requests, _server.Requests.Count);
        Assert.True(File.Exists(Path.Combine(_cache.Repository, ".no_exist", HubServer.Commit, "modules.json")));
    }

    [Fact]
    public async Task ResolveAsync_CachedByOthersInPart_OnlyTheRestIsFetched()
    {
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        File.Delete(Path.Combine(_cache.Snapshot, "modules.json"));
        _server.Requests.Clear();
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files["modules.json"], _cache.Read("modules.json"));
        Assert.Equal(0, _server.Downloads("onnx/model.onnx") + _server.Downloads("config.json") + _server.Downloads("modules.json"));
    }

    [Theory]
    [InlineData("refs/pr/1", "refs/pr/1")]
    [InlineData(HubServer.Commit, null)]
    public async Task ResolveAsync_Revision_IsFetchedAndNoted(string revision, string? noted)
    {
        Assert.Equal(_cache.Snapshot, await _cache.CreateHub(_server).ResolveAsync(HubServer.Name, revision));
        string[] refs = Directory.Exists(Path.Combine(_cache.Repository, "refs"))
            ? Directory.GetFiles(Path.Combine(_cache.Repository, "refs"), "*", SearchOption.AllDirectories)
            : [];
        Assert.Equal(noted is null ? [] : [Path.Combine(_cache.Repository, "refs", noted)], refs);
    }

    [Fact]
    public async Task ResolveAsync_Token_GoesToTheEndpointOnly()
    {
        _server.RequiredToken = "hf_secret";
        _cache.Variables["HF_TOKEN"] = " hf_secret\n";
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        HubRequest storage = Assert.Single(_server.Requests, r => r.Host!.StartsWith("localhost", StringComparison.Ordinal));
        Assert.Null(storage.Authorization);
        Assert.All(_server.Requests.Except([storage]), r => Assert.Equal("Bearer hf_secret", r.Authorization));
    }

    [Fact]
    public async Task ResolveAsync_TokenFile_IsRead()
    {
        _server.RequiredToken = "hf_file";
        Directory.CreateDirectory(_cache.Folder);
        await File.WriteAllTextAsync(Path.Combine(_cache.Folder, "token"), "hf_file\n");
        Assert.Equal(_cache.Snapshot, await _cache.CreateHub(_server).ResolveAsync(HubServer.Name));
    }

    [Fact]
    public async Task ResolveAsync_ListOfNamesOnly_SizesAndHashesComeFromHeaders()
    {
        _server.ListsNamesOnly = true;
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files["onnx/model.onnx"], _cache.Read("onnx/model.onnx"));
        Assert.Equal(_server.Files["config.json"], _cache.Read("config.json"));
        Assert.Contains(_server.Requests, r => r.Method == "HEAD");
    }

    [Fact]
    public async Task ResolveAsync_Progress_GoesFromNothingToTheWholeOfEachFile()
    {
        var reports = new List<HubProgress>();
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name, progress: new ImmediateProgress<HubProgress>(reports.Add));
        HubProgress[] onnx = [.. reports.Where(r => r.File == "onnx/model.onnx")];
        Assert.Equal(0, onnx[0].BytesDone);
        Assert.Equal(onnx[0].BytesTotal, onnx[^1].BytesDone);
        Assert.All(onnx.Zip(onnx.Skip(1)), pair => Assert.True(pair.First.BytesDone <= pair.Second.BytesDone));
        Assert.Equal(6, reports.Select(r => r.File).Distinct().Count());
        Assert.Equal("onnx/model.onnx", reports[^1].File);
    }

    [Fact]
    public async Task ResolveAsync_PlatformWithoutLinks_HasPlainFiles()
    {
        SpladeModelHub hub = _cache.CreateHub(_server, o => o.CreateLink = (_, _) => throw new UnauthorizedAccessException());
        await hub.ResolveAsync(HubServer.Name);
        Assert.Null(new FileInfo(Path.Combine(_cache.Snapshot, "onnx", "model.onnx")).LinkTarget);
        Assert.Equal(_server.Files["onnx/model.onnx"], _cache.Read("onnx/model.onnx"));
        int requests = _server.Requests.Count;
        await hub.ResolveAsync(HubServer.Name);
        Assert.Equal(requests, _server.Requests.Count);
    }

    [Fact]
    public async Task ResolveAsync_CallersClient_IsUsedAndStaysOpen()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = true };
        using var http = new HttpClient(handler);
        await _cache.CreateHub(_server, o => o.HttpClient = http).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files["onnx/model.onnx"], _cache.Read("onnx/model.onnx"));
        using HttpResponseMessage after = await http.GetAsync(new Uri($"{_server.Endpoint}/api/models/{HubServer.Name}/revision/main"));
        Assert.True(after.IsSuccessStatusCode);
    }
}
