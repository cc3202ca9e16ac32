using System.Diagnostics;
using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

/// <summary>`splade explain --input`: one explanation for each line.</summary>
public sealed class ExplainLinesTests
{
    private const float Tolerance = 2e-5f;

    /// <summary>A smaller lead of one token over the others is within rounding.</summary>
    private const float Decisive = 1e-4f;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Explain_NamedLinesInJson_KeepTheirNames()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(
            "{\"_id\":\"d1\",\"text\":\"sea\"}\nsea", "explain", Files.Model, "--json", "--top", "1", "--no-spans");

        Assert.Equal(0, exitCode);
        JsonElement[] lines = Files.ParseLines(output);
        Assert.Equal("d1", lines[0].GetProperty("_id").GetString());
        Assert.Equal(lines[1].EnumerateObject().Select(m => m.Name).Prepend("_id"), lines[0].EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task Explain_ReferenceTexts_GivesTheReferenceWeightsAndPlaces()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(
            "explain", Files.Model, "--input", Files.Reference("spans-passages.jsonl"), "--json");

        Assert.Equal((0, ""), (exitCode, error));
        JsonElement[] spans = Files.ReadLines(Files.Reference("spans-passages.jsonl"));
        var weights = Files.ReadLines(Files.Reference("encode-passages.jsonl")).ToDictionary(line => line.GetProperty("id").GetString()!);
        JsonElement[] lines = Files.ParseLines(output);
        Assert.Equal(spans.Length, lines.Length);
        Assert.All(spans.Zip(lines), pair => AssertSame(pair.First, weights[pair.First.GetProperty("id").GetString()!], pair.Second));
    }

    [Fact]
    public async Task Explain_Lines_HaveTheMembersOfTheContract()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync("hello sea\n\n", "explain", Files.Model, "--json");

        string[] lines = output.Split('\n');
        Assert.Equal((0, 3, ""), (exitCode, lines.Length, lines[^1]));
        Assert.Matches(
            "^\\{\"terms\":\\[\\{\"id\":7592,\"term\":\"hello\",\"weight\":2\\.78\\d*,\"literal\":true,\"position\":1,\"span\":\\[0,5\\]\\},\\{\"id\":2712,", lines[0]);
        Assert.EndsWith(",\"tokens\":4,\"truncated\":false}", lines[0]);
        Assert.All(Files.ParseLines(output)[1].GetProperty("terms").EnumerateArray(), term =>
            Assert.Equal(JsonValueKind.Null, term.GetProperty("span").ValueKind));
    }

    [Fact]
    public async Task Explain_Options_ChangeWhatLinesTell()
    {
        const string Text = "the tides of the sea rise";
        JsonElement all = await ExplainAsync(Text), top = await ExplainAsync(Text, "--top", "2"), runners = await ExplainAsync(Text, "--runners-up", "2");
        JsonElement bare = await ExplainAsync(Text, "--no-spans");

        Assert.True(all.GetArrayLength() > 2);
        Assert.Equal(2, top.GetArrayLength());
        Assert.Equal(all[0].GetRawText(), top[0].GetRawText());
        Assert.Contains(runners.EnumerateArray(), term => term.TryGetProperty("runnersUp", out JsonElement more) && more.GetArrayLength() == 2);
        Assert.All(bare.EnumerateArray(), term => Assert.Equal(JsonValueKind.Null, term.GetProperty("position").ValueKind));
        Assert.Equal(all.EnumerateArray().Select(t => $"{t.GetProperty("literal")}"), bare.EnumerateArray().Select(t => $"{t.GetProperty("literal")}"));
    }

    [Fact]
    public async Task Explain_LinesForPeople_AreSetApart()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync("sea\nmoon\n", "explain", Files.Model, "--top", "1");

        Assert.Equal(0, exitCode);
        Assert.Equal(2, output.Split('\n').Count(line => line.EndsWith("tokens read.", StringComparison.Ordinal)));
        Assert.Contains("\n\n", output);
    }

    [Fact]
    public async Task Explain_MoreThanAWindow_KeepsTheOrder()
    {
        string[] words = ["sea", "moon", "bread", "ship", "tides of the sea and the moon and of everything else that is there"];
        string input = string.Join('\n', Enumerable.Range(0, 300).Select(i => words[i % words.Length]));

        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(input, "explain", Files.Model, "--json", "--top", "1", "--workers", "4");

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, 300), (exitCode, lines.Length));
        int[] ids = [.. Files.ParseLines(output).Select(line => line.GetProperty("terms")[0].GetProperty("id").GetInt32())];
        Assert.Equal(4, ids.Take(4).Distinct().Count());
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(ids[i % words.Length], ids[i]));
    }

    [Fact]
    public async Task Explain_WrongLine_IsNamedAndTheLinesBeforeItAreWritten()
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("hello\nsea\n{\"txt\":1}\nmoon\n", "explain", Files.Model, "--json");

        Assert.Equal((1, 2), (exitCode, Files.ParseLines(output).Length));
        Assert.StartsWith("splade: Line 3 of the input is wrong: ", error);
    }

    [InterruptFact]
    public async Task Explain_SlowInput_AnswersEachLineAndIsInterrupted()
    {
        using Process process = SpladeProcess.Start([], "explain", Files.Model, "--json");
        await process.StandardInput.WriteLineAsync("hello");
        await process.StandardInput.FlushAsync();
        string? first = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.StartsWith("{\"terms\":[{\"id\":", first);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("splade: Cancelled.\n", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Explain_ClosedOutput_EndsQuietly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process process = SpladeProcess.Start([], "explain", Files.Model, "--json");
        await process.StandardInput.WriteLineAsync("hello");
        await process.StandardInput.FlushAsync();
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        process.StandardOutput.Close();
        await process.StandardInput.WriteLineAsync("sea");
        await process.StandardInput.FlushAsync();

        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    private static async Task<JsonElement> ExplainAsync(string text, params string[] options)
    {
        (int exitCode, string output, _) = await SpladeCommand.RunAsync(["explain", Files.Model, text, "--json", .. options]);
        Assert.Equal(0, exitCode);
        return Assert.Single(Files.ParseLines(output)).GetProperty("terms");
    }

    private static void AssertSame(JsonElement spans, JsonElement weights, JsonElement line)
    {
        JsonElement[] terms = [.. line.GetProperty("terms").EnumerateArray()];
        Assert.Equal(terms.OrderByDescending(t => t.GetProperty("weight").GetSingle()), terms);
        var byId = terms.ToDictionary(t => t.GetProperty("id").GetInt32());
        int[] indices = spans.GetProperty("indices").Deserialize<int[]>()!;
        float[] values = weights.GetProperty("values").Deserialize<float[]>()!;
        Assert.Equal(indices, byId.Keys.Order());
        for (int i = 0; i < indices.Length; i++)
        {
            JsonElement term = byId[indices[i]];
            Assert.Equal(values[i], term.GetProperty("weight").GetSingle(), Tolerance);
            if (spans.GetProperty("margin")[i].GetSingle() > Decisive)
            {
                Assert.Equal(spans.GetProperty("positions")[i].GetInt32(), term.GetProperty("position").GetInt32());
                int[] span = spans.GetProperty("spans")[i].Deserialize<int[]>()!;
                Assert.Equal(span is [0, 0] ? null : span, term.GetProperty("span").Deserialize<int[]?>());
            }
        }
    }
}
