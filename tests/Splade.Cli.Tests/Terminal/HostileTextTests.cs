using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Terminal;

/// <summary>Whatever files have in them, nothing that is printed commands the terminal.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Escapes = @"\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("encode")]
    [InlineData("doctor")]
    public async Task Model_TypeWithEscapes_IsQuotedWithout(string command)
    {
        string model = _folder.Copy(Files.Model, "tiny");
        string modules = Path.Combine(model, "modules.json");
        string text = await File.ReadAllTextAsync(modules);
        await File.WriteAllTextAsync(modules, text.Replace("SpladePooling\"", $"a.{Escapes}\"", StringComparison.Ordinal));

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(command, model);

        Assert.Equal(1, exitCode);
        Assert.Contains("]0;owned", output + error);
        AssertHarmless(output + error);
    }

    [Fact]
    public async Task Eval_IdsAndNamesWithEscapes_AreQuotedWithout()
    {
        string run = _folder.PathOf("run.trec");
        await File.WriteAllTextAsync(_folder.PathOf("corpus.jsonl"), "{\"_id\": \"a\", \"text\": \"the moon\"}\n{\"_id\": \"b\", \"text\": \"the sea\"}\n");
        await File.WriteAllTextAsync(_folder.PathOf("queries.jsonl"), "{\"_id\": \"q\", \"text\": \"moon\"}\n");
        await File.WriteAllTextAsync(_folder.PathOf("qrels.tsv"), "query-id\tcorpus-id\tscore\nq\ta\t1\nq\tx\e[2J\u202E\t1\n");
        await File.WriteAllTextAsync(run, "q Q0 a 1 1 r\e[31m\u009B\n");

        (int exitCode, string output, string error) =
            await SpladeCommand.RunAsync("eval", _folder.Path, "--run", run, "--chart", _folder.PathOf("chart.svg"));

        Assert.Equal(0, exitCode);
        Assert.Contains("The document 'x\uFFFD[2J\uFFFD' is not in corpus.jsonl", error);
        Assert.Contains("r\uFFFD[31m\uFFFD", output);
        AssertHarmless(output + error + await File.ReadAllTextAsync(_folder.PathOf("chart.svg")));

        await File.WriteAllTextAsync(_folder.PathOf("queries.jsonl"), string.Concat(Enumerable.Repeat($"{{\"_id\": \"{Escapes}\", \"text\": \"moon\"}}\n", 2)));
        (exitCode, output, error) = await SpladeCommand.RunAsync("eval", _folder.Path, "--run", run);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("line 2: Found the \"_id\" '\uFFFD]0;owned", error);
        AssertHarmless(error);
    }

    [Fact]
    public async Task Compare_VocabularyWithEscapes_ShowsTermsWithout()
    {
        string model = _folder.Copy(Files.Model, "tiny");
        string tokenizer = Path.Combine(model, "tokenizer.json");
        string text = await File.ReadAllTextAsync(tokenizer);
        await File.WriteAllTextAsync(tokenizer, text.Replace("\"storm\":", $"\"{Escapes}\\n\":", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_folder.PathOf("lines.txt"), "the tides of the sea\u001B[2J\nships sail\n");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("compare", model, "sea tides", _folder.PathOf("lines.txt"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("sea\uFFFD[2J", output);
        Assert.Contains("]0;owned", output);
        AssertHarmless(output);
    }

    private static void AssertHarmless(string printed) =>
        Assert.DoesNotContain(printed, c => (char.IsControl(c) && c != '\n') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
