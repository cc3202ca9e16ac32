using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class PolicyOptionTests : IDisposable
{
    private const int Mars = 7733;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Encode_Policy_IsAppliedToItsInputOnly()
    {
        string policy = Write("""{"ban": [{"terms": ["mars"], "in": "queries"}], "boost": [{"terms": ["mars"], "factor": 2, "in": "documents"}]}""");
        float[] weights = [await MarsAsync(), await MarsAsync("--policy", policy), await MarsAsync("--policy", policy, "--query")];
        Assert.True(weights[0] > 0);
        Assert.Equal([weights[0], weights[0] * 2, 0], weights);
    }

    [Fact]
    public async Task Compare_Policy_ChangesTheRanking()
    {
        string texts = _folder.PathOf("texts.txt");
        await File.WriteAllTextAsync(texts, "Mars is a red planet.\nThe part XJ-900 fits the old pump.\n");
        string policy = Write("""{"force": [{"terms": ["XJ-900"], "weight": 9}]}""");
        string[] compare = ["compare", Files.Model, "xj-900 planet mars red", texts, "--top", "1"];
        (_, string before, _) = await SpladeCommand.RunAsync(compare);
        (int exitCode, string after, string error) = await SpladeCommand.RunAsync([.. compare, "--policy", policy]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("line 1", before, StringComparison.Ordinal);
        Assert.Contains("line 2", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_Policy_IsShown()
    {
        string policy = Write(
            """{"boost": [{"terms": ["mars"], "factor": 2}], "synonyms": [{"terms": ["ocean"], "to": ["bread"], "factor": 0.8}], "ban": [{"terms": ["sea"]}]}""");
        string[] explain = ["explain", Files.Model, "mars, planet of bread", "mars of the ocean", "--policy", policy];
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(explain);
        (_, string json, _) = await SpladeCommand.RunAsync([.. explain, "--json"]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"\nmars [^\n]*= mars; boosted x2 +. mars; boosted x2\n", output);
        Assert.Matches(@"\nbread [^\n]*= bread +\* synonym of ocean x0\.8\n", output);
        Assert.Contains("\nBanned from the document by the policy: sea ", output);
        JsonElement line = Assert.Single(Files.ParseLines(json));
        Assert.True(line.GetProperty("policyShare").GetDouble() > 0);
        Assert.Contains("\"policy\":[\"boosted x2\"]", json);
    }

    [Theory]
    [InlineData("{\n  \"bans\": []\n}", "(2,3): Found the member 'bans', expected one of lists, ban, boost, synonyms, force.")]
    [InlineData("{\"ban\": [\n{\"terms\": [\"XJ-900\"]}]}", "(2,12): ban: 'XJ-900' is 4 tokens")]
    public async Task Encode_WrongPolicy_FailsInOneLineWithThePlace(string json, string message)
    {
        string policy = Write(json);
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("mars", "encode", Files.Model, "--policy", policy);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"splade: {policy}{message}", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Encode_MissingPolicy_FailsInOneLine()
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("mars", "encode", Files.Model, "--policy", _folder.PathOf("nowhere.json"));
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("nowhere.json", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    private static async Task<float> MarsAsync(params string[] options)
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("the red planet mars", ["encode", Files.Model, .. options]);
        Assert.Equal((0, ""), (exitCode, error));
        JsonElement line = Assert.Single(Files.ParseLines(output));
        int at = line.GetProperty("indices").EnumerateArray().Select(i => i.GetInt32()).ToList().IndexOf(Mars);
        return at < 0 ? 0 : line.GetProperty("values")[at].GetSingle();
    }

    private string Write(string json)
    {
        string file = _folder.PathOf("policy.json");
        File.WriteAllText(file, json);
        return file;
    }
}
