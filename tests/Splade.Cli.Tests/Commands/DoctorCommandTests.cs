using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_AfterGolden_PassesAndFailsOnceTheFileIsDamaged()
    {
        string model = _folder.Copy(Files.Model, "tiny");
        string golden = Path.Combine(model, "golden.jsonl");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("golden", model);
        Assert.Equal((0, $"{golden}\n", ""), (exitCode, output, error));
        JsonElement[] lines = Files.ReadLines(golden);
        Assert.Equal(64, lines[0].GetProperty("files").GetProperty("onnx/model.onnx").GetString()!.Length);
        Assert.All(["text", "ids", "indices", "values"], name => Assert.True(lines[1].TryGetProperty(name, out _), name));

        (exitCode, output, _) = await SpladeCommand.RunAsync("doctor", model);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("tiny: SPLADE on BertForMaskedLM\n", output);
        Assert.EndsWith("\npass\n", output);
        Assert.Matches("\nok +devices: cpu\n(- +cuda:0: cuda:0 cannot be used: .*CUDA needs|ok +cuda:0: can be used)", output);

        await File.WriteAllTextAsync(golden, (await File.ReadAllTextAsync(golden)).Replace("\"ids\":[101,", "\"ids\":[102,", StringComparison.Ordinal));
        (exitCode, output, _) = await SpladeCommand.RunAsync("doctor", model, "--json");
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(1, exitCode);
        Assert.False(report.GetProperty("passed").GetBoolean());
        Assert.True(report.GetProperty("docs_per_s").GetDouble() > 0);
        Assert.StartsWith("golden: line 2: the text has other tokens", Assert.Single(report.GetProperty("reasons").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Doctor_UnreadableGolden_FailsWithTheLine()
    {
        string model = _folder.Copy(Files.Model, "tiny");
        await File.WriteAllTextAsync(Path.Combine(model, "golden.jsonl"), "{\"model\":\"tiny\",\"max_tokens\":512,\"files\":{}}\n{\"text\":\"a\"");

        (int exitCode, string output, _) = await SpladeCommand.RunAsync("doctor", model);

        Assert.Equal(1, exitCode);
        Assert.Contains("\nFAILED  golden: golden.jsonl cannot be used: Line 2 is damaged: ", output);
        Assert.EndsWith("\n\nfail: golden\n", output);
    }

    [Fact]
    public async Task Doctor_ChangedFiles_FailsWithTheirHashes()
    {
        string model = _folder.Copy(Files.Model, "tiny");
        await SpladeCommand.RunAsync("golden", model);
        await File.AppendAllTextAsync(Path.Combine(model, "tokenizer.json"), "\n");

        (int exitCode, string output, _) = await SpladeCommand.RunAsync("doctor", model);

        Assert.Equal(1, exitCode);
        Assert.Contains("\nFAILED  files: tokenizer.json has the SHA-256 ", output);
        Assert.EndsWith("\n\nfail: files\n", output);
    }

    [Fact]
    public async Task Doctor_MissingFolder_SaysTheReasonOnce()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("doctor", _folder.PathOf("nowhere"));

        Assert.Equal((1, ""), (exitCode, error));
        Assert.Matches(@"^FAILED  load: .*There is no such folder.*\n\nfail: load\n$", output);
    }

    [Fact]
    public async Task Doctor_AFile_IsCalledAFile()
    {
        await File.WriteAllTextAsync(_folder.PathOf("model.onnx"), "");

        (int exitCode, string output, _) = await SpladeCommand.RunAsync("doctor", _folder.PathOf("model.onnx"));

        Assert.Equal(1, exitCode);
        Assert.Contains("This is a file.", output);
    }

    [Fact]
    public async Task Doctor_MissingFolder_FailsInJsonToo()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("doctor", _folder.PathOf("nowhere"), "--json");

        Assert.Equal((1, ""), (exitCode, error));
        Assert.StartsWith("load: ", JsonDocument.Parse(output).RootElement.GetProperty("reasons")[0].GetString());
    }
}
