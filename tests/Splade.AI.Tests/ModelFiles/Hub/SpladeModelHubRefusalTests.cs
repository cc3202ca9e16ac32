using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>Downloads that fail, and the words for it.</summary>
public sealed class SpladeModelHubRefusalTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryCache _cache = new();
    private readonly HubServer _server = HubServer.WithModel();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task ResolveAsync_GatedModel_SaysToAcceptTheTermsAndSetAToken()
    {
        _server.RequiredToken = "hf_other";
        await AssertRefusedAsync($"accept its terms at {_server.Endpoint}/acme/splade, and set HF_TOKEN", "Access to this model is restricted.");
        Assert.Empty(_cache.Clock.Waits);
    }

    [Fact]
    public async Task ResolveAsync_ImplicitTokenSwitchedOff_SendsNone()
    {
        _server.RequiredToken = "hf_secret";
        _cache.Variables["HF_TOKEN"] = "hf_secret";
        _cache.Variables["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1";
        await AssertRefusedAsync("set HF_TOKEN");
        Assert.All(_server.Requests, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public Task ResolveAsync_UnknownRevision_SaysSo() => AssertRefusedAsync(_cache.CreateHub(_server), HubServer.Name, "v9", "has no revision 'v9'");

    [Fact]
    public Task ResolveAsync_UnknownName_SaysSo() =>
        AssertRefusedAsync(_cache.CreateHub(_server), "acme/other", null, "The hub has no model 'acme/other'", "Repository not found");

    [Theory]
    [InlineData("It has nothing in another form: choose another model, or save this one")]
    [InlineData("It has flax_model.msgpack, tf_model.h5: choose another model, or save this one", "tf_model.h5", "flax_model.msgpack")]
    [InlineData("It has adapter_model.safetensors: an adapter changes another model: merge it", "adapter_model.safetensors")]
    [InlineData("It has onnx/model_O3.onnx: name one of them in SpladeModelHubOptions.ModelFile", "onnx/model_O3.onnx")]
    public async Task ResolveAsync_NothingThatIsRead_SaysWhatIsThereAndWhatIsExpected(string expected, params string[] files)
    {
        RemoveModels();
        foreach (string file in files)
        {
            _server.Files[file] = [1];
        }

        await AssertRefusedAsync("no ONNX file of the usual name and no weights that are read", "onnx/model.onnx or model.onnx, or model.safetensors, ", expected);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task ResolveAsync_ManyFilesOfOtherForms_AreNotAllNamed()
    {
        RemoveModels();
        foreach (int shard in Enumerable.Range(1, 30))
        {
            _server.Files[$"tf_model-{shard:00}.h5"] = [1];
        }

        await AssertRefusedAsync("tf_model-08.h5 and 22 more: ");
    }

    [Fact]
    public async Task ResolveAsync_FileAskedForThatIsNotThere_NamesTheOthers() => await AssertRefusedAsync(
        _cache.CreateHub(_server, o => o.ModelFile = "onnx/model_O3.onnx"),
        HubServer.Name,
        null,
        "has no 'onnx/model_O3.onnx'. It has model.safetensors, onnx/model.onnx, pytorch_model.bin: name one of them");

    [Fact]
    public async Task ResolveAsync_NoTokenizer_SaysSo()
    {
        _server.Files.Remove("tokenizer.json");
        await AssertRefusedAsync("has onnx/model.onnx but not tokenizer.json");
    }

    [Theory]
    [InlineData("onnx/model.onnx")]
    [InlineData("tokenizer.json")]
    public async Task ResolveAsync_WrongContentTwice_LeavesNoTrace(string file)
    {
        byte[] wrong = [.. _server.Files[file]];
        wrong[^1] ^= 1;
        _server.WrongContents[file] = wrong;
        await AssertRefusedAsync($"'{file}' is corrupt: its hash is");
        Assert.Equal(2, _server.Downloads(file));
        Assert.DoesNotContain(_cache.List(), f => f.Contains(_server.HashOf(file), StringComparison.Ordinal) && !f.Contains(".lock", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_cache.Repository, "refs")));
    }

    [Fact]
    public async Task ResolveAsync_LongerContent_IsNotReadToItsEnd()
    {
        _server.WrongContents["onnx/model.onnx"] = HubServer.Content(400_000);
        await AssertRefusedAsync("is longer than the 300000 bytes");
    }

    [Fact]
    public async Task ResolveAsync_ServerThatStaysDown_IsGivenUpAfterTheRetries()
    {
        for (int i = 0; i < 3; i++)
        {
            _server.Fail("/api/", HubFault.Status(500));
        }

        await AssertRefusedAsync(_cache.CreateHub(_server, o => o.MaxRetries = 2), HubServer.Name, null, "answered 500", "Try again later");
        Assert.Equal(2, _cache.Clock.Waits.Count);
    }

    [Fact]
    public async Task ResolveAsync_NoRetries_FailsAtOnce()
    {
        _server.Fail("/api/", HubFault.Status(500));
        await AssertRefusedAsync(_cache.CreateHub(_server, o => o.MaxRetries = 0), HubServer.Name, null, "answered 500");
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task ResolveAsync_WaitOfAnHourAskedFor_IsReportedInstead()
    {
        _server.Fail("/api/", HubFault.Status(429, ("Retry-After", "3600")));
        await AssertRefusedAsync("in 3600 seconds");
        Assert.Empty(_cache.Clock.Waits);
    }

    [Fact]
    public Task ResolveAsync_NobodyListens_NamesTheEndpoint() =>
        AssertRefusedAsync(_cache.CreateHub(server: null), HubServer.Name, null, "HF_ENDPOINT (http://127.0.0.1:1)");

    [Theory]
    [InlineData("<html>Log in</html>")]
    [InlineData("""{"sha": "main", "siblings": []}""")]
    public async Task ResolveAsync_AnswerThatIsNoList_IsRefused(string answer)
    {
        _server.Fail("/api/", HubFault.Answer(answer));
        await AssertRefusedAsync("with something else");
    }

    [Fact]
    public async Task ResolveAsync_ServerThatTellsNoHash_IsRefused()
    {
        _server.ListsNamesOnly = true;
        _server.Fail("/resolve/", HubFault.Answer("{}"));
        await AssertRefusedAsync("tells no size and hash of");
    }

    [Fact]
    public async Task ResolveAsync_RedirectsInACircle_EndSometime()
    {
        for (int i = 0; i < 11; i++)
        {
            _server.Fail("/api/", HubFault.RedirectTo($"/api/models/{HubServer.Name}/revision/main"));
        }

        await AssertRefusedAsync(_cache.CreateHub(_server, o => o.MaxRetries = 0), HubServer.Name, null, "redirected more than 10 times");
    }

    [Fact]
    public async Task ResolveAsync_RedirectToAnotherScheme_IsNotFollowed()
    {
        _server.Fail("/api/", HubFault.RedirectTo("file:///etc/passwd"));
        await AssertRefusedAsync("is not secure");
    }

    [Fact]
    public async Task ResolveAsync_PathsThatLeaveTheFolder_AreIgnored()
    {
        _server.Files["0_x/../../../../evil.json"] = [1];
        await _cache.CreateHub(_server).ResolveAsync(HubServer.Name);
        Assert.DoesNotContain(_cache.List(), f => f.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolveAsync_MoreBytesThanTheDiskHas_IsSaidBeforeTheDownload()
    {
        _server.Fail("/api/", HubFault.Answer($$"""
            {"sha": "{{HubServer.Commit}}", "siblings": [{"rfilename": "config.json"}, {"rfilename": "tokenizer.json"},
             {"rfilename": "model.onnx", "size": 4611686018427387904, "lfs": {"sha256": "{{new string('a', 64)}}"} } ]}
            """));
        await AssertRefusedAsync("bytes are needed and", "Free some space");
        Assert.DoesNotContain(_server.Requests, r => r.Method == "GET" && r.Path.Contains("/resolve/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolveAsync_CacheThatCannotBeWritten_SaysSo()
    {
        Directory.CreateDirectory(Path.Combine(_cache.Folder, "hub"));
        await File.WriteAllTextAsync(Path.Combine(_cache.Folder, "hub", ".locks"), "a file where a folder should be");
        await AssertRefusedAsync("The cache cannot be read or written", "HF_HUB_CACHE");
    }

    private void RemoveModels()
    {
        foreach (string file in (string[])["onnx/model.onnx", "model.safetensors", "pytorch_model.bin"])
        {
            _server.Files.Remove(file);
        }
    }

    private Task AssertRefusedAsync(params string[] words) => AssertRefusedAsync(_cache.CreateHub(_server), HubServer.Name, null, words);

    private static async Task AssertRefusedAsync(SpladeModelHub hub, string name, string? revision, params string[] words)
    {
        SpladeModelException e = await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(name, revision));
        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
        Assert.Equal(Path.Combine(hub.CacheFolder, "models--" + name.Replace("/", "--", StringComparison.Ordinal)), e.Path);
    }
}
