using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>Models whose graph keeps its numbers in other files: those that it names are fetched, whatever they are called.</summary>
public sealed class SpladeModelHubDataTests : IDisposable
{
    private const string Onnx = "onnx/model.onnx";

    private static readonly string[] Texts = ["the moon landing"];

    private readonly TemporaryCache _cache = new();
    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "random-bert-sum"));

    public void Dispose()
    {
        _cache.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData("160ea76f.data")]
    [InlineData("w/big.bin")]
    [InlineData("weights.pb")]
    [InlineData("model.onnx_data")]
    [InlineData("./weights.pb")]
    public async Task ResolveAsync_DataOfAnyName_ComeWithTheGraph(string location)
    {
        WriteModel(location);
        await using var server = HubServer.WithFolder(_model.Folder);
        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        await using SpladeEngine downloaded = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine original = await SpladeEngine.CreateAsync(_model.Folder);
        Assert.Equal((await original.EncodeAsync(Texts))[0].Vector, (await downloaded.EncodeAsync(Texts))[0].Vector);
        string data = Path.GetRelativePath(_model.Folder, Path.GetFullPath(_model.PathOf("onnx/" + location))).Replace('\\', '/');
        Assert.Contains(data, original.Model.ComputeFileHashes().Keys);
        Assert.Equal(1, server.Downloads(data));
        Assert.Equal(1, server.Downloads(Onnx));
    }

    [Fact]
    public async Task ResolveAsync_DataThatNoGraphNames_AreLeft()
    {
        WriteModel("160ea76f.data");
        _model.Write("onnx/model.onnx_data", "of another time");
        await using var server = HubServer.WithFolder(_model.Folder);
        await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        Assert.Equal(0, server.Downloads("onnx/model.onnx_data"));
    }

    [Fact]
    public async Task ResolveAsync_DataThatTheRepositoryLacks_AreNamed()
    {
        WriteModel("w/big.bin");
        await using var server = HubServer.WithFolder(_model.Folder);
        server.Files.Remove("onnx/w/big.bin");
        SpladeModelHub hub = _cache.CreateHub(server);
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        Assert.Contains("model.onnx keeps numbers in 'onnx/w/big.bin', and the repository 'acme/splade' has no such file", e.Message, StringComparison.Ordinal);
        Assert.Empty(hub.ListCached());
    }

    [Fact]
    public async Task ResolveAsync_DataOutsideTheFolder_AreRefused()
    {
        WriteModel("weights.bin", "../../../../etc/passwd");
        await using var server = HubServer.WithFolder(_model.Folder);
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(server).ResolveAsync(HubServer.Name));
        Assert.Contains("expected a file in the model's folder", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResolveAsync_CacheWithoutTheData_FetchesThemOrSaysWhatIsMissing()
    {
        WriteModel("w/big.bin");
        await using var server = HubServer.WithFolder(_model.Folder);
        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        File.Delete(Path.Combine(folder, "onnx", "w", "big.bin"));
        var e = await Assert.ThrowsAsync<SpladeModelException>(
            () => _cache.CreateHub(server, o => o.Download = false).ResolveAsync(HubServer.Name));
        Assert.Contains("is in the cache without onnx/w/big.bin", e.Message, StringComparison.Ordinal);
        await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        Assert.Equal(server.Files["onnx/w/big.bin"], _cache.Read("onnx/w/big.bin"));
        Assert.Equal(1, server.Downloads("onnx/w/big.bin"));
    }

    [Fact]
    public async Task ResolveAsync_PlatformWithoutLinks_HasTheDataAsAPlainFile()
    {
        WriteModel("w/big.bin");
        await using var server = HubServer.WithFolder(_model.Folder);
        string folder = await _cache.CreateHub(server, o => o.CreateLink = (_, _) => throw new UnauthorizedAccessException()).ResolveAsync(HubServer.Name);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(folder);
        Assert.NotEqual(0, (await engine.EncodeAsync(Texts))[0].Vector.Count);
    }

    [Fact]
    public async Task CreateAsync_DataThatAreMissing_AreNamed()
    {
        WriteModel("w/big.bin");
        _model.Delete("onnx/w/big.bin");
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(_model.Folder));
        Assert.Equal(_model.PathOf("onnx/w/big.bin"), e.Path);
    }

    [UnixFact]
    public async Task CreateAsync_DataThatAreAPipe_AreRefusedAtOnce()
    {
        WriteModel("w/big.bin");
        _model.Delete("onnx/w/big.bin");
        NamedPipe.Make(_model.PathOf("onnx/w/big.bin"));
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(_model.Folder).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("Found a named pipe", e.Message, StringComparison.Ordinal);
        File.Delete(_model.PathOf("onnx/w/big.bin"));
        File.CreateSymbolicLink(_model.PathOf("onnx/w/big.bin"), "/dev/zero");
        e = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(_model.Folder).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("expected a file in the model's folder", e.Message, StringComparison.Ordinal);
    }

    private void WriteModel(string file, string? location = null)
    {
        Directory.Delete(_model.PathOf("onnx"), recursive: true);
        Directory.CreateDirectory(_model.PathOf("onnx"));
        ExternalModel.Write(_model.PathOf("onnx"), location ?? file);
        string data = _model.PathOf("onnx/" + file);
        Directory.CreateDirectory(Path.GetDirectoryName(data)!);
        File.Move(_model.PathOf("onnx/" + ExternalModel.Weights), data);
    }
}
