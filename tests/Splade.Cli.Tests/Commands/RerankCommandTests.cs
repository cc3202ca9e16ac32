using System.Globalization;
using System.Text.Json;
using Splade.AI;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class RerankCommandTests
{
    private const string Query = "red planet";
    private static readonly string[] Passages = ["Bread bakes in a hot oven.", "Mars is the red planet.", "Venus is hot."];

    [Fact]
    public async Task Rerank_Lines_AreInTheOrderOfTheReranker()
    {
        IReadOnlyList<RerankResult> expected = await ExpectedAsync();

        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(string.Join('\n', Passages), "rerank", Files.Reranker, Query);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            expected.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Score:F4}  line {r.Index + 1}  {Passages[r.Index]}")),
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Rerank_Json_HasIdsScoresAndLogitsOfTheBest()
    {
        RerankResult[] expected = [.. (await ExpectedAsync()).Take(2)];
        using var folder = new TemporaryFolder();
        string file = folder.Write("passages.jsonl", string.Join('\n', Passages.Select((text, i) => JsonSerializer.Serialize(new { id = $"p{i}", text }))));

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("rerank", Files.Reranker, Query, file, "--top", "2", "--json");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            expected.Select(r => ($"p{r.Index}", r.Index + 1, r.Score, r.Logit, r.Truncated)),
            Files.ParseLines(output).Select(line => (
                line.GetProperty("id").GetString()!,
                line.GetProperty("line").GetInt32(),
                line.GetProperty("score").GetSingle(),
                line.GetProperty("logit").GetSingle(),
                line.GetProperty("truncated").GetBoolean())));
    }

    [Fact]
    public async Task Rerank_LongPassage_IsSaidToBeCut()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(string.Join(' ', Enumerable.Repeat("planet", 400)), "rerank", Files.Reranker, Query);
        Assert.Equal(0, exitCode);
        Assert.EndsWith("1 of these have more than 128 tokens with the query, and were cut.\n", output);
    }

    [Fact]
    public async Task Rerank_ModelOfSeveralLabels_AsksWhichAndTakesIt()
    {
        string model = Path.Combine(Repository.TestData, "models", "random-cross-encoder-nli");

        (int exitCode, _, string error) = await SpladeCommand.PipeAsync(Passages[0], "rerank", model, Query);
        Assert.Equal(1, exitCode);
        Assert.Contains("Give --label its name or number", error, StringComparison.Ordinal);

        (exitCode, string output, _) = await SpladeCommand.PipeAsync(Passages[0], "rerank", model, Query, "--label", "1");
        Assert.Equal(0, exitCode);
        Assert.Contains("line 1", output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<RerankResult>> ExpectedAsync()
    {
        await using CrossEncoderReranker reranker = await CrossEncoderReranker.CreateAsync(Files.Reranker);
        return await reranker.RerankAsync(Query, Passages);
    }
}
