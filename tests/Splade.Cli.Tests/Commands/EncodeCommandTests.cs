using System.Diagnostics;
using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class EncodeCommandTests : IDisposable
{
    private const float Tolerance = 2e-5f;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("encode-stress.jsonl")]
    [InlineData("encode-passages.jsonl")]
    public async Task Encode_ReferenceTexts_GivesTheReferenceVectors(string file)
    {
        string output = _folder.PathOf("vectors.jsonl");

        (int exitCode, string printed, string error) = await SpladeCommand.RunAsync(
            "encode", Files.Model, "--input", Files.Reference(file), "--output", output);

        Assert.Equal((0, "", ""), (exitCode, printed, error));
        JsonElement[] expected = Files.ReadLines(Files.Reference(file));
        JsonElement[] actual = Files.ReadLines(output);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => AssertVector(pair.First, pair.Second));
    }

    [Fact]
    public async Task Encode_Pipe_WritesExactlyTheFourMembersOfEachLine()
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(
            "hello\r\n\n{\"title\":\"hello\",\"text\":\"sea\"}\nhello sea", "encode", Files.Model);

        Assert.Equal((0, ""), (exitCode, error));
        string[] lines = output.Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Equal("", lines[4]);
        Assert.StartsWith("{\"indices\":[1998,2003,", lines[0]);
        Assert.EndsWith("],\"tokens\":3,\"truncated\":false}", lines[0]);
        Assert.EndsWith("],\"tokens\":2,\"truncated\":false}", lines[1]);
        Assert.Equal(lines[3], lines[2]);
    }

    [Fact]
    public async Task Encode_NamedLines_KeepTheirNames()
    {
        const string Input = """
            {"_id": "d 1", "title": "hello", "text": "sea"}
            {"text": "sea", "id": 7}
            {"id": null, "text": "sea"}
            {"text": "sea", "id": "x", "_id": {"$oid": "\u00e9\ud83d"}}
            sea
            """;
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(Input, "encode", Files.Model);

        Assert.Equal((0, ""), (exitCode, error));
        string[] lines = output.Split('\n');
        Assert.StartsWith("{\"_id\":\"d 1\",\"indices\":[", lines[0]);
        Assert.StartsWith("{\"id\":7,\"indices\":[", lines[1]);
        Assert.StartsWith("{\"id\":null,\"indices\":[", lines[2]);
        Assert.StartsWith("{\"_id\":{\"$oid\": \"\\u00e9\\ud83d\"},\"indices\":[", lines[3]);
        Assert.StartsWith("{\"indices\":[", lines[4]);
    }

    [Fact]
    public async Task Encode_InputFromATerminal_SaysThatItWaitsForTexts()
    {
        if (await SpladeProcess.RunInTerminalAsync([], "encode", Files.Model) is string shown)
        {
            Assert.Contains("splade: Reading texts from the terminal, one on each line. Ctrl+D ends them.", shown);
        }
    }

    [Theory]
    [InlineData("encode")]
    [InlineData("tokenize")]
    [InlineData("pull")]
    public async Task Model_ThatIsAFile_IsCalledAFile(string command)
    {
        string file = _folder.PathOf("model.onnx");
        await File.WriteAllTextAsync(file, "");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(command, file);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"splade: {file}: This is a file. Expected ", error);
    }

    [Fact]
    public async Task Encode_Limits_CutVectorsAndTexts()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(
            "the tides of the sea rise twice a day", "encode", Files.Model, "--query", "--max-active-dims", "4", "--max-length", "5");

        JsonElement line = Assert.Single(Files.ParseLines(output));
        Assert.Equal(0, exitCode);
        Assert.Equal(4, line.GetProperty("indices").GetArrayLength());
        Assert.Equal(5, line.GetProperty("tokens").GetInt32());
        Assert.True(line.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Encode_LongTextAsPassages_WritesTheVectorOfEach()
    {
        string text = string.Join(' ', Enumerable.Repeat("the tides of the sea", 8));
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(
            $"{text}\n{{\"title\":\"sea\",\"text\":\"moon\"}}\n", "encode", Files.Model, "--long-text", "passages", "--overlap", "5", "--max-length", "22");

        Assert.Equal((0, ""), (exitCode, error));
        JsonElement[] lines = Files.ParseLines(output);
        Assert.Equal(["indices", "values", "tokens", "truncated", "passages"], lines[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal((42, false), (lines[0].GetProperty("tokens").GetInt32(), lines[0].GetProperty("truncated").GetBoolean()));
        JsonElement[] passages = [.. lines[0].GetProperty("passages").EnumerateArray()];
        Assert.Equal(3, passages.Length);
        Assert.All(passages, p => Assert.Equal(["span", "indices", "values", "tokens"], p.EnumerateObject().Select(m => m.Name)));
        Assert.Equal(["[0,72]", "[52,121]", "[101,167]"], passages.Select(p => $"{p.GetProperty("span")}"));
        Assert.Equal(Maxima(passages), Entries(lines[0]));
        JsonElement only = Assert.Single(lines[1].GetProperty("passages").EnumerateArray());
        Assert.Equal("[0,8]", $"{only.GetProperty("span")}");
    }

    [Fact]
    public async Task Encode_LongTextByMaximum_HasNoPassages()
    {
        string text = string.Join(' ', Enumerable.Repeat("the tides of the sea", 8));
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(text, "encode", Files.Model, "--long-text", "max", "--max-length", "22");

        JsonElement line = Assert.Single(Files.ParseLines(output));
        Assert.Equal(0, exitCode);
        Assert.Equal(["indices", "values", "tokens", "truncated"], line.EnumerateObject().Select(p => p.Name));
        Assert.Equal((42, false), (line.GetProperty("tokens").GetInt32(), line.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public async Task Encode_LongTextThatIsNotWanted_IsNamedByItsLine()
    {
        string input = string.Join('\n', Enumerable.Repeat("sea", 300).Append("the tides of the sea").Append("moon"));
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(input, "encode", Files.Model, "--long-text", "throw", "--max-length", "6");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("splade: Line 301 of the input has 7 tokens, and at most 6 are read.", error);
        Assert.Equal(256, Files.ParseLines(output).Length);
    }

    [Theory]
    [InlineData(2, "expected truncate, throw, max or passages", "--long-text", "cut")]
    [InlineData(2, "expected a whole number from 0 on", "--long-text", "max", "--overlap", "-1")]
    [InlineData(1, "--overlap is 5, but texts are not read through windows", "--overlap", "5")]
    [InlineData(1, "--overlap is 510, but a window takes at most 510 tokens", "--long-text", "max", "--overlap", "510")]
    public async Task Encode_ImpossibleWindows_AreRefused(int expected, string reason, params string[] options)
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("sea\n", ["encode", Files.Model, .. options]);

        Assert.Equal((expected, ""), (exitCode, output));
        Assert.Contains(reason, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Encode_MoreThanAWindow_KeepsTheOrder()
    {
        string[] words = ["sea", "moon", "bread", "ship"];
        string input = string.Join('\n', Enumerable.Range(0, 600).Select(i => words[i % words.Length]));

        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(input, "encode", Files.Model, "--max-active-dims", "1");

        int[] indices = [.. Files.ParseLines(output).Select(line => line.GetProperty("indices")[0].GetInt32())];
        Assert.Equal((0, 600), (exitCode, indices.Length));
        Assert.Equal(words.Length, indices.Distinct().Count());
        Assert.All(Enumerable.Range(0, 600), i => Assert.Equal(indices[i % words.Length], indices[i]));
    }

    [Fact]
    public async Task Encode_Stats_EndsWithAJsonObjectOnStandardError()
    {
        (int exitCode, _, string error) = await SpladeCommand.PipeAsync("hello\nsea\n", "encode", Files.Model, "--stats");

        JsonElement stats = Assert.Single(Files.ParseLines(error));
        Assert.Equal(0, exitCode);
        Assert.Equal(["docs", "seconds", "docs_per_s", "tokens", "peak_rss_mb"], stats.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, stats.GetProperty("docs").GetInt32());
        Assert.Equal(6, stats.GetProperty("tokens").GetInt32());
        Assert.All(["seconds", "docs_per_s", "peak_rss_mb"], name => Assert.True(stats.GetProperty(name).GetDouble() > 0));
    }

    [Theory]
    [InlineData("{\"txt\":1}")]
    [InlineData("{\"text\":\"a\"")]
    public async Task Encode_WrongLine_IsNamedAndTheLinesBeforeItAreWritten(string line)
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync($"hello\nsea\n{line}\nmoon\n", "encode", Files.Model);

        Assert.Equal(1, exitCode);
        Assert.Equal(2, Files.ParseLines(output).Length);
        Assert.StartsWith("splade: Line 3 of the input is wrong: ", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Encode_MissingFolder_FailsInOneLine()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("encode", _folder.PathOf("nowhere"));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("splade: ", error);
        Assert.Contains("There is no such folder", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Encode_MissingInput_FailsAndLeavesTheOutputAlone()
    {
        string output = _folder.PathOf("kept.jsonl");
        await File.WriteAllTextAsync(output, "kept");

        (int exitCode, _, string error) = await SpladeCommand.RunAsync("encode", Files.Model, "--input", _folder.PathOf("nowhere.txt"), "--output", output);

        Assert.Equal(1, exitCode);
        Assert.Contains("nowhere.txt", error);
        Assert.Equal("kept", await File.ReadAllTextAsync(output));
    }

    [Fact]
    public async Task Encode_OutputOverInput_IsRefused()
    {
        string file = _folder.PathOf("texts.txt");
        await File.WriteAllTextAsync(file, "hello");

        (int exitCode, _, string error) = await SpladeCommand.RunAsync("encode", Files.Model, "--input", file, "--output", file);

        Assert.Equal(1, exitCode);
        Assert.Contains("would overwrite it", error);
        Assert.Equal("hello", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Encode_SlowInput_AnswersEachLineAndEndsQuietlyWhenTheOutputIsClosed()
    {
        using Process process = SpladeProcess.Start([], "encode", Files.Model);
        await process.StandardInput.WriteLineAsync("hello");
        await process.StandardInput.FlushAsync();
        string? first = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        process.StandardOutput.Close();
        await process.StandardInput.WriteLineAsync("sea");
        await process.StandardInput.FlushAsync();

        if (!OperatingSystem.IsWindows())
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, process.ExitCode);
            Assert.Equal("", await process.StandardError.ReadToEndAsync());
        }
        else
        {
            process.Kill();
        }

        Assert.StartsWith("{\"indices\":[1998,", first);
    }

    [InterruptFact]
    public async Task Encode_Interrupted_EndsWithItsOwnCode()
    {
        using Process process = SpladeProcess.Start([], "encode", Files.Model);
        await process.StandardInput.WriteLineAsync("hello");
        await process.StandardInput.FlushAsync();
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(Patience);

        // The message tells it from a process that the signal killed, whose exit code is the same.
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("splade: Cancelled.\n", await process.StandardError.ReadToEndAsync());
    }

    private static SortedDictionary<int, float> Entries(JsonElement vector) => new(vector.GetProperty("indices").EnumerateArray()
        .Zip(vector.GetProperty("values").EnumerateArray())
        .ToDictionary(p => p.First.GetInt32(), p => p.Second.GetSingle()));

    private static SortedDictionary<int, float> Maxima(JsonElement[] passages) => new(passages
        .SelectMany(Entries)
        .GroupBy(e => e.Key)
        .ToDictionary(g => g.Key, g => g.Max(e => e.Value)));

    private static void AssertVector(JsonElement expected, JsonElement actual)
    {
        Assert.Equal($"{expected.GetProperty("indices")}".Replace(" ", "", StringComparison.Ordinal), $"{actual.GetProperty("indices")}");
        Assert.All(
            expected.GetProperty("values").EnumerateArray().Zip(actual.GetProperty("values").EnumerateArray()),
            pair => Assert.Equal(pair.First.GetSingle(), pair.Second.GetSingle(), Tolerance));
    }
}
