using System.Text;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>A hub that answers to do harm, and a cache that others have written to.</summary>
public sealed class SpladeModelHubHostileTests : IAsyncLifetime, IDisposable
{
    private const string Onnx = "onnx/model.onnx";

    private readonly TemporaryCache _cache = new();
    private readonly HubServer _server = HubServer.WithModel();

    private string Blob => Path.Combine(_cache.Repository, "blobs", _server.HashOf(Onnx));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task ResolveAsync_ListWithoutEnd_IsNotReadToItsEnd()
    {
        byte[] list = Encoding.UTF8.GetBytes($$"""{"sha": "{{HubServer.Commit}}", "siblings": [""");
        _server.Fail("/api/", HubFault.Answer([.. list, .. Enumerable.Repeat((byte)' ', 40 << 20)]));
        await AssertRefusedAsync("The list of the repository's files is longer than 33554432 bytes");
    }

    [Fact]
    public async Task ResolveAsync_MoreFilesThanAnyModelHas_AreNotFetched()
    {
        string[] names = [.. Enumerable.Range(0, 3000).Select(i => $"1_x/{i}.json"), "config.json", "tokenizer.json", "model.onnx"];
        IEnumerable<string> siblings = names.Select(name => $"{{\"rfilename\": \"{name}\"}}");
        _server.Fail("/api/", HubFault.Answer($$"""{"sha": "{{HubServer.Commit}}", "siblings": [{{string.Join(',', siblings)}}]}"""));
        await AssertRefusedAsync("has 3003 files that would belong to the model, expected at most 2000");
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("4611686018427387904", "4611686018427387904")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    public async Task ResolveAsync_SizesThatOverflow_AreMoreThanTheDiskHas(string first, string second)
    {
        string hash = new('a', 64);
        _server.Fail("/api/", HubFault.Answer($$"""
            {"sha": "{{HubServer.Commit}}", "siblings": [{"rfilename": "config.json", "size": {{first}}, "blobId": "{{hash}}"},
             {"rfilename": "tokenizer.json", "size": {{second}}, "blobId": "{{hash}}"}, {"rfilename": "model.onnx", "size": 1, "blobId": "{{hash}}"}]}
            """));
        await AssertRefusedAsync("bytes are needed and");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("9223372036854775808")]
    [InlineData("1.5")]
    public async Task ResolveAsync_SizeThatIsNone_IsAskedForAgain(string size)
    {
        string hash = new('a', 64);
        _server.Fail("/api/", HubFault.Answer($$"""
            {"sha": "{{HubServer.Commit}}", "siblings": [{"rfilename": "config.json"}, {"rfilename": "tokenizer.json"},
             {"rfilename": "onnx/model.onnx", "size": {{size}}, "blobId": "{{hash}}"}]}
            """));
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files[Onnx], _cache.Read(Onnx));
    }

    [Theory]
    [InlineData("//")]
    [InlineData("///etc/passwd")]
    public async Task ResolveAsync_RedirectToNoAddress_IsRefused(string location)
    {
        _server.Fail("/api/", HubFault.RedirectTo(location));
        await AssertRefusedAsync($"redirects to '{location}', which is no address");
    }

    [Theory]
    [InlineData("""{"sha": "COMMIT", "siblings": [{"rfilename": "\ud800.json"}]}""")]
    [InlineData("""{"sha": "\ud800", "siblings": []}""")]
    [InlineData("""{"sha": "COMMIT", "\udc00": 1, "siblings": []}""")]
    public async Task ResolveAsync_HalfASurrogatePair_IsRefused(string answer)
    {
        _server.Fail("/api/", HubFault.Answer(answer.Replace("COMMIT", HubServer.Commit, StringComparison.Ordinal)));
        await AssertRefusedAsync("half a surrogate pair");
    }

    [Fact]
    public async Task ResolveAsync_PathThatWindowsReadsOtherwise_IsIgnored()
    {
        _server.Files["1_a/.. /x.json"] = [1];
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.DoesNotContain(_cache.List(), f => f.Contains("x.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolveAsync_BlobOfTheRightSizeAndWrongContent_IsReplaced()
    {
        byte[] wrong = [.. _server.Files[Onnx]];
        wrong[^1] ^= 1;
        Directory.CreateDirectory(Path.GetDirectoryName(Blob)!);
        await File.WriteAllBytesAsync(Blob, wrong);
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files[Onnx], _cache.Read(Onnx));
        Assert.Equal(1, _server.Downloads(Onnx));
    }

    [Fact]
    public async Task ResolveAsync_BlobOfTheRightContent_IsNotFetched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Blob)!);
        await File.WriteAllBytesAsync(Blob, _server.Files[Onnx]);
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal(_server.Files[Onnx], _cache.Read(Onnx));
        Assert.Equal(0, _server.Downloads(Onnx));
    }

    [UnixFact]
    public async Task ResolveAsync_IncompleteFileThatIsALink_IsNotFollowed()
    {
        string victim = Path.Combine(Directory.CreateDirectory(_cache.Folder).FullName, "victim");
        await File.WriteAllTextAsync(victim, "mine");
        Directory.CreateDirectory(Path.GetDirectoryName(Blob)!);
        File.CreateSymbolicLink(Blob + ".incomplete", victim);
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal("mine", await File.ReadAllTextAsync(victim));
        Assert.Equal(_server.Files[Onnx], _cache.Read(Onnx));
    }

    [UnixFact]
    public async Task ResolveAsync_IncompleteFileWithASecondName_IsNotWritten()
    {
        string victim = Path.Combine(Directory.CreateDirectory(_cache.Folder).FullName, "victim");
        await File.WriteAllTextAsync(victim, "mine");
        Directory.CreateDirectory(Path.GetDirectoryName(Blob)!);
        HardLink.Make(Blob + ".incomplete", victim);
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.Equal("mine", await File.ReadAllTextAsync(victim));
    }

    [UnixFact]
    public async Task ResolveAsync_NamedPipesInTheCache_KeepNobodyWaiting()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Blob)!);
        NamedPipe.Make(Blob + ".incomplete");
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(_server.Files[Onnx], _cache.Read(Onnx));
        string name = Path.Combine(_cache.Repository, "refs", "main");
        File.Delete(name);
        NamedPipe.Make(name);
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(
            () => _cache.CreateHub(_server).ResolveAsync(HubServer.Name).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("Found a named pipe", e.Message, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string words)
    {
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(_server).ResolveAsync(HubServer.Name));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Empty(_cache.Clock.Waits);
    }
}
