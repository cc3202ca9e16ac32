using System.Text.Json;

namespace Splade.Cli.Tests.Commands;

/// <summary>The page on evaluation is true: the collection that it shows is read, and its commands run on that one.</summary>
public sealed class EvaluationPageTests
{
    private static readonly MarkdownPage Page = new("docs/evaluation.md");

    [Fact]
    public async Task Commands_OfThePage_RunOnTheCollectionOfThePage()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("my-collection/qrels"));
        string[] lines = Page.Blocks("jsonl");
        await File.WriteAllTextAsync(folder.PathOf("my-collection/corpus.jsonl"), lines[0]);
        await File.WriteAllTextAsync(folder.PathOf("my-collection/queries.jsonl"), lines[1]);
        await File.WriteAllTextAsync(folder.PathOf("my-collection/qrels/test.tsv"), Assert.Single(Page.Blocks("tsv")));

        string[] commands = Page.Blocks("sh")[0].Split('\n');
        var outputs = new List<string>();
        foreach (string command in commands)
        {
            (int exitCode, string output, string error) = await SpladeCommand.RunAsync(Arguments(command, folder));
            Assert.True(exitCode == 0, $"{command}\n{error}");
            outputs.Add(output);
        }

        Assert.Equal(3, commands.Length);
        Assert.All(outputs, output => Assert.Contains("bm25", output));
        JsonElement report = JsonDocument.Parse(outputs[1]).RootElement;
        string[] documented = [.. Page.Rows.Select(row => row[0].Trim('`'))];
        Assert.All(report.EnumerateObject(), member => Assert.Contains(member.Name, documented));
        Assert.All(
            report.GetProperty("data").EnumerateObject().Concat(report.GetProperty("runs")[0].EnumerateObject()),
            member => Assert.Contains($"`{member.Name}`", Page.Text));
    }

    private static string[] Arguments(string command, TemporaryFolder folder)
    {
        string[] words = command.Split(' ');
        Assert.Equal("splade", words[0]);
        return [.. words.Skip(1).Select(word => word switch
        {
            "eval" => word,
            _ when word.StartsWith('-') => word,
            _ when word.StartsWith("models/", StringComparison.Ordinal) => Path.Combine(Repository.Root, word),
            _ => folder.PathOf(word),
        })];
    }
}
