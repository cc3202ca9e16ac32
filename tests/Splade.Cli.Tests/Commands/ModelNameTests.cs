using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class ModelNameTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string CachedName = "models--someone--tiny";

    private readonly TemporaryFolder _cache = new();
    private readonly EnvironmentVariables _variables;

    public ModelNameTests() => _variables = new EnvironmentVariables(("HF_HUB_CACHE", _cache.Path));

    public void Dispose()
    {
        _variables.Dispose();
        _cache.Dispose();
    }

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

        (int exitCode, string output, string error) = await RunAsync("", "pull", "someone/tiny", "--offline", "--no-check");

        Assert.Equal((0, $"{folder}\n", "splade: The cache had all files.\n"), (exitCode, output, error));
    }

    [Theory]
    [InlineData("nonzero-bert", "Loads from model.safetensors (weights): BertForMaskedLM, ")]
    [InlineData("torch-sharded", "Loads from pytorch_model.bin.index.json (weights): DistilBertForMaskedLM, ")]
    [InlineData("dense-mean", "Loads from model.safetensors (weights): a dense model of ")]
    public async Task Pull_CachedWeights_AreLoadedAndTried(string variant, string expected)
    {
        string folder = CacheModel(Variant(variant));

        (int exitCode, string output, string error) = await RunAsync("", "pull", "someone/tiny", "--offline");

        Assert.Equal((0, $"{folder}\n"), (exitCode, output));
        Assert.Contains(expected, error);
        Assert.Matches(variant.StartsWith("dense", StringComparison.Ordinal) ? @"\d+ dimensions\.\n\z" : @"\d+ dimensions; "".+"" has \d+ terms\.\n\z", error);
    }

    [Fact]
    public async Task Pull_ModelThatCannotBeLoaded_SaysSoAndLeavesTheFiles()
    {
        string folder = CacheModel(Variant("torch-legacy"));

        (int exitCode, string output, string error) = await RunAsync("", "pull", "someone/tiny", "--offline");
        (int exitWithout, string path, _) = await RunAsync("", "pull", "someone/tiny", "--offline", "--no-check");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("The model is there and cannot be loaded. ", error);
        Assert.Contains($"Its files stay in {folder}; --no-check", error);
        Assert.True(File.Exists(Path.Combine(folder, "pytorch_model.bin")));
        Assert.Equal((0, $"{folder}\n"), (exitWithout, path));
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
        string[] lines = table.Split('\n');
        Assert.StartsWith("  BEIR ", table);
        Assert.Contains("  BM42, 2147483647 dimensions", table);
        Assert.All(models, model => Assert.Contains(model.GetProperty("id").GetString(), lines));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains("cc-by-nc-sa-4.0 (non-commercial), gated", table);
        Assert.Contains("[1] Sentence Transformers documentation", table);
        Assert.All(models, model => Assert.False(model.GetProperty("cached").GetBoolean()));
        Assert.Contains(models, m => m.GetProperty("id").GetString() == "rasyosef/splade-tiny" && m.GetProperty("license").GetString() == "apache-2.0");
    }

    private static string Variant(string name) => Path.Combine(Repository.TestData, "models", "checkpoint-variants", name);

    private string CacheModel(string? model = null)
    {
        string folder = _cache.Copy(model ?? Files.Model, Path.Combine(CachedName, "snapshots", Commit));
        Directory.CreateDirectory(_cache.PathOf(Path.Combine(CachedName, "refs")));
        File.WriteAllText(_cache.PathOf(Path.Combine(CachedName, "refs", "main")), Commit);
        return folder;
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] arguments) =>
        SpladeCommand.PipeAsync(input, arguments);
}
