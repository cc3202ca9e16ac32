using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>What is found in a cache, and never with a request.</summary>
public sealed class SpladeModelHubTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryCache _cache = new();
    private readonly HubServer _server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    // Whatever a test of this class does, nobody is asked.
    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Assert.Empty(_server.Requests);
    }

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("main")]
    [InlineData(HubServer.Commit)]
    public async Task ResolveAsync_CachedModel_IsFoundByBranchAndCommit(string? revision)
    {
        _cache.AddModel();
        string folder = await _cache.CreateHub(_server).ResolveAsync(HubServer.Name, revision);
        Assert.Equal(_cache.Snapshot, folder);
    }

    [Fact]
    public async Task ResolveAsync_CachedModelWithoutLinks_IsFound()
    {
        _cache.AddModel(asLinks: false);
        Assert.Equal(_cache.Snapshot, await _cache.CreateHub(_server).ResolveAsync(HubServer.Name));
    }

    [Fact]
    public async Task ResolveAsync_RevisionWithSlashes_IsAFolderOfTheRefs()
    {
        _cache.AddModel();
        _cache.AddRef("refs/pr/7");
        Assert.Equal(_cache.Snapshot, await _cache.CreateHub(_server).ResolveAsync(HubServer.Name, "refs/pr/7"));
    }

    [Fact]
    public async Task ResolveAsync_CachedModel_WritesNothing()
    {
        _cache.AddModel();
        string[] before = _cache.List();
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(before, _cache.List());
    }

    [Fact]
    public async Task ResolveAsync_NotCached_SaysWhereItLookedAndWhatToDo()
    {
        SpladeModelHub hub = _cache.CreateHub(_server, o => o.Download = false);
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        Assert.Equal(_cache.Repository, e.Path);
        Assert.Contains("downloads are not allowed", e.Message, StringComparison.Ordinal);
        Assert.Contains("splade pull acme/splade", e.Message, StringComparison.Ordinal);
        Assert.Empty(_cache.List());
    }

    [Theory]
    [InlineData("HF_HUB_OFFLINE", "1")]
    [InlineData("HF_HUB_OFFLINE", "true")]
    [InlineData("TRANSFORMERS_OFFLINE", "YES")]
    [InlineData(null, null)]
    public async Task ResolveAsync_Offline_AsksNobodyThoughDownloadsAreAllowed(string? variable, string? value)
    {
        if (variable is not null)
        {
            _cache.Variables[variable] = value;
        }

        SpladeModelHub hub = _cache.CreateHub(_server, o => o.Offline = variable is null);
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        Assert.Contains("the network is forbidden", e.Message, StringComparison.Ordinal);
        _cache.AddModel();
        Assert.Equal(_cache.Snapshot, await hub.ResolveAsync(HubServer.Name));
    }

    [Theory]
    [InlineData("onnx/model.onnx", "without an ONNX file or weights")]
    [InlineData("tokenizer.json", "without tokenizer.json")]
    public async Task ResolveAsync_CachedInPart_IsRefusedWithWhatIsMissing(string file, string expected)
    {
        _cache.AddModel();
        File.Delete(Path.Combine(_cache.Repository, "blobs", file.Replace('/', '_')));
        SpladeModelHub hub = _cache.CreateHub(_server, o => o.Download = false);
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Empty(hub.ListCached());
    }

    [Fact]
    public async Task ResolveAsync_OtherOnnxFileAskedFor_OnlyThatOneCounts()
    {
        _cache.AddModel();
        SpladeModelHub hub = _cache.CreateHub(_server, o => (o.Download, o.ModelFile) = (false, "onnx/model_O3.onnx"));
        await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        _cache.AddFile("onnx/model_O3.onnx");
        Assert.Equal(_cache.Snapshot, await hub.ResolveAsync(HubServer.Name));
    }

    [Fact]
    public async Task ResolveAsync_NoModulesFileAndNoDownload_IsFound()
    {
        _cache.AddModel();
        File.Delete(Path.Combine(_cache.Snapshot, "modules.json"));
        Assert.Equal(_cache.Snapshot, await _cache.CreateHub(_server, o => o.Offline = true).ResolveAsync(HubServer.Name));
    }

    [Fact]
    public async Task ResolveAsync_RefThatIsNoCommit_IsNotFollowed()
    {
        _cache.AddModel();
        File.WriteAllText(Path.Combine(_cache.Repository, "refs", "main"), "../../..");
        SpladeModelHub hub = _cache.CreateHub(_server, o => o.Offline = true);
        await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
    }

    [Fact]
    public async Task ResolveAsync_ExistingFolder_IsReturnedInFull()
    {
        Repository.Enter();
        string folder = Path.GetRelativePath(Repository.Root, EngineFixture.ModelFolder);
        Assert.Equal(EngineFixture.ModelFolder, await _cache.CreateHub(_server).ResolveAsync(folder));
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => _cache.CreateHub(_server).ResolveAsync(folder, "main"));
        Assert.Equal("revision", e.ParamName);
    }

    [Theory]
    [InlineData("./acme/splade")]
    [InlineData("acme/splade/")]
    [InlineData("/acme/splade")]
    [InlineData("acme")]
    [InlineData("acme/../splade")]
    [InlineData("a/b/c")]
    [InlineData("acme\\splade")]
    [InlineData("acme/spl--ade")]
    public async Task ResolveAsync_NeitherFolderNorName_IsRefused(string text)
    {
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(_server).ResolveAsync(text));
        Assert.Contains("Expected a folder, or owner/name", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../secret")]
    [InlineData("/etc")]
    [InlineData("a\\b")]
    public async Task ResolveAsync_ImpossibleRevision_IsRefused(string revision)
    {
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => _cache.CreateHub(_server).ResolveAsync(HubServer.Name, revision));
        Assert.Equal("revision", e.ParamName);
    }

    [Fact]
    public async Task ResolveAsync_NoName_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _cache.CreateHub(_server).ResolveAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => _cache.CreateHub(_server).ResolveAsync(" "));
    }

    [Fact]
    public void ListCached_SeveralModels_HasTheCompleteOnes()
    {
        SpladeModelHub hub = _cache.CreateHub(_server);
        Assert.Empty(hub.ListCached());
        _cache.AddModel();
        _cache.AddRef("refs/pr/7");
        Directory.CreateDirectory(Path.Combine(hub.CacheFolder, "models--acme--empty"));
        Directory.CreateDirectory(Path.Combine(hub.CacheFolder, "datasets--acme--splade"));
        CachedModel model = Assert.Single(hub.ListCached());
        Assert.Equal((HubServer.Name, HubServer.Commit, _cache.Snapshot), (model.Name, model.Commit, model.Folder));
        Assert.Equal(["main", "refs/pr/7"], model.Revisions);
    }
}
