using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class ModelNameTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string Repository = "models--someone--tiny";

    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Name_InTheCache_StandsForItsFolder()
    {
        CacheModel();

        (int exitCode, string output, string error) = await RunAsync("hello", "encode", "someone/tiny");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.EndsWith("\"tokens\":3,\"truncated\":false}\n", output);
    }

    [Fact]
    public async Task Pull_CachedModel_PrintsItsFolderWithoutTheNetwork()
    {
        string folder = CacheModel();

        (int exitCode, string output, string error) = await RunAsync("", "pull", "someone/tiny", "--offline");

        Assert.Equal((0, $"{folder}\n", ""), (exitCode, output, error));
    }

    [Fact]
    public async Task Pull_OfflineAndNotCached_Fails()
    {
        (int exitCode, string output, string error) = await RunAsync("", "pull", "someone/else", "--offline");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("splade: ", error);
        Assert.Contains("the network is forbidden", error);
    }

    [Fact]
    public async Task Encode_NameThatIsNotCached_IsToldInTheWordsOfTheCommandLine()
    {
        (int exitCode, _, string error) = await RunAsync("", "encode", "someone/else");

        Assert.Equal(1, exitCode);
        Assert.EndsWith("Fetch it with `splade pull someone/else`.\n", error);
    }

    [Fact]
    public async Task Models_PrintsTheCatalogAsTableAndJson()
    {
        (int exitCode, string table, _) = await RunAsync("", "models");
        (int jsonExitCode, string json, _) = await RunAsync("", "models", "--json");

        JsonElement[] models = [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];
        Assert.Equal((0, 0), (exitCode, jsonExitCode));
        Assert.StartsWith("NAME ", table);
        Assert.Equal(models.Length + 1, table.TrimEnd().Split('\n').Length);
        Assert.Contains(models, m => m.GetProperty("id").GetString() == "rasyosef/splade-tiny" && m.GetProperty("license").GetString() == "apache-2.0");
    }

    private string CacheModel()
    {
        string folder = _cache.Copy(Files.Model, Path.Combine(Repository, "snapshots", Commit));
        Directory.CreateDirectory(_cache.PathOf(Path.Combine(Repository, "refs")));
        File.WriteAllText(_cache.PathOf(Path.Combine(Repository, "refs", "main")), Commit);
        return folder;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] arguments) =>
        SpladeProcess.RunAsync(input, new() { ["HF_HUB_CACHE"] = _cache.Path }, arguments);
}
