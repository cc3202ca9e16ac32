using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class EvalCommandTests
{
    private const string Corpus = """
        {"_id": "tides", "title": "Tides", "text": "The Moon pulls on the ocean, and the water rises and falls twice a day."}
        {"_id": "bread", "title": "", "text": "Bread dough rises because yeast makes gas."}
        {"_id": "wings", "title": "Wings", "text": "Lift is the force that holds an aircraft in the air."}
        {"_id": "cats", "text": "Cats sleep for most of the day."}
        {"_id": "rain", "text": "Clouds of small drops become rain when the drops grow."}
        """;

    private const string Queries = """
        {"_id": "q1", "text": "why does the sea go up and down"}
        {"_id": "q2", "text": "how do airplanes fly"}
        {"_id": "q3", "text": "what makes dough rise"}
        {"_id": "q4", "text": "nobody judged this"}
        """;

    private const string Qrels = "query-id\tcorpus-id\tscore\nq1\ttides\t2\nq2\twings\t1\nq3\tbread\t1\nq3\tcats\t0\n";

    [Fact]
    public async Task Eval_BothModels_ReportsEveryRunInJsonRunFilesAndChart()
    {
        using TemporaryFolder folder = CreateCollection();

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(
            "eval", folder.Path, "--model", Files.Model, "--dense", Files.DenseModel, "--json", "--run-out", folder.PathOf("runs"), "--chart", folder.PathOf("chart.svg"));

        Assert.Equal((0, ""), (exitCode, error));
        JsonElement report = JsonDocument.Parse(output).RootElement;
        string[] names = ["bm25", "sparse", "dense", "rrf", "min-max", "theoretical-min-max", "distribution-based", "tuned"];
        Assert.Equal(names, report.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
        Assert.Equal(["q1", "q2", "q3"], report.GetProperty("query_ids").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal((5, 1), (report.GetProperty("data").GetProperty("documents").GetInt32(), report.GetProperty("data").GetProperty("queries_left_out").GetInt32()));
        JsonElement sparse = report.GetProperty("runs")[1];
        Assert.True(sparse.GetProperty("cost").GetProperty("flops").GetDouble() > 0);
        JsonElement measure = sparse.GetProperty("measures").GetProperty("ndcg_at_10");
        double[] values = [.. measure.GetProperty("per_query").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(values.Average(), measure.GetProperty("value").GetProperty("mean").GetDouble(), 1e-12);
        Assert.True(report.GetProperty("tuning").GetProperty("gain_over_rrf").GetProperty("p_value").GetDouble() > 0);
        Assert.Equal(names.Order(), Directory.GetFiles(folder.PathOf("runs")).Select(Path.GetFileNameWithoutExtension).Order());
        XElement chart = XElement.Load(folder.PathOf("chart.svg"));
        Assert.Equal(4 * names.Length + 1, chart.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [Fact]
    public async Task Eval_VectorsOfWords_RankWithTheFrequenciesOfTheCollection()
    {
        using TemporaryFolder folder = CreateCollection();
        // Without the inverse document frequency the short one, of which every document has the word, would come first.
        await File.WriteAllTextAsync(folder.PathOf("corpus.jsonl"), """
            {"_id": "tides", "text": "water is pulled by the moon and the water of all the seas rises and falls twice each day"}
            {"_id": "bread", "text": "water flour"}
            {"_id": "wings", "text": "water holds no wings"}
            """);
        await File.WriteAllTextAsync(folder.PathOf("queries.jsonl"), """{"_id": "q1", "text": "moon water"}""");
        await File.WriteAllTextAsync(folder.PathOf("qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\ttides\t1\n");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("eval", folder.Path, "--model", "bm25", "--run-out", folder.PathOf("runs"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("bm25", output, StringComparison.Ordinal);
        string[] run = await File.ReadAllLinesAsync(folder.PathOf("runs/sparse.trec"));
        Assert.Equal("tides", run[0].Split(' ')[2]);
        const double Idf = 0.9808292530117262; // ln(1 + 2.5 / 1.5) of three documents of which one has the word
        Assert.True(double.Parse(run[0].Split(' ')[4], System.Globalization.CultureInfo.InvariantCulture) > Idf, run[0]);
    }

    [Fact]
    public async Task Eval_OwnRunReadBack_HasTheSameMeasures()
    {
        using TemporaryFolder folder = CreateCollection();
        await SpladeCommand.RunAsync("eval", folder.Path, "--model", Files.Model, "--run-out", folder.PathOf("runs"));

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(
            "eval", folder.Path, "--run", folder.PathOf("runs/sparse.trec"), "--run", folder.PathOf("runs/bm25.trec"));

        string[] lines = output.Split('\n');
        Assert.Equal(0, exitCode);
        Assert.EndsWith("bm25.trec: It lacks 2 of 3 queries, which count as 0.\n", error);
        Assert.Matches("^RUN +nDCG@10 +MRR@10 +recall@100 +MAP ", lines[0]);
        Assert.Matches(@"^bm25 +0\.\d{4} ", lines[1]);
        Assert.Matches(@"^sparse +\d\.\d{4} ", lines[2]);
        Assert.Matches(@"^bm25-2 +0\.\d{4} ", lines[3]);
        Assert.Equal(lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..5], lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..5]);
        Assert.Contains("Queries: 3; documents: 5; results for each query: 100. Left out, without a relevant document: 1.", output);
    }

    [Fact]
    public async Task Eval_NothingToEvaluate_IsWrongUsage()
    {
        using TemporaryFolder folder = CreateCollection();

        (int exitCode, _, string error) = await SpladeCommand.RunAsync("eval", folder.Path);

        Assert.Equal(2, exitCode);
        Assert.Contains("--model FOLDER", error);
    }

    [Theory]
    [InlineData("corpus.jsonl", "{\"_id\": 1}\n", "corpus.jsonl, line 1: Found an object without \"text\"")]
    [InlineData("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\ttides\tgood\n", "qrels.tsv, line 2: Found the grade 'good'")]
    [InlineData("corpus.jsonl", "{\"_id\":\"d1\",\"title\":\"\",\"text\":\"moon \\ud83d ocean\"}\n", "corpus.jsonl, line 1: Found half of a surrogate pair")]
    [InlineData("queries.jsonl", "{\"_id\":\"q1\",\"text\":\"\\udcb2\"}\n", "queries.jsonl, line 1: Found half of a surrogate pair")]
    [InlineData("corpus.jsonl", "{\"_id\":\"a\",\"text\":\"t\"}\n{\"_id\":\"a\",\"text\":\"u\"}\n", "corpus.jsonl, line 2: Found the \"_id\" 'a' twice, on line 1 too")]
    [InlineData("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td1\t0\n", "qrels.tsv, line 3: Document 'd1' has the grades 1 (line 2) and 0 for")]
    [InlineData("run.trec", "q1 Q0 d1 1 2 r\nq1 Q0 d1 2 1 r\n", "run.trec, line 2: Document 'd1' comes twice for query 'q1', on line 1 too")]
    [InlineData("run.trec", "q1 Q0 tides 1\n", "run.trec, line 1: Found 4 columns")]
    [InlineData("run.trec", "other Q0 tides 1 1 r\n", "run.trec: It has none of the 3 judged queries")]
    public async Task Eval_DamagedFile_FailsInOneLineThatNamesIt(string file, string text, string problem)
    {
        using TemporaryFolder folder = CreateCollection();
        await File.WriteAllTextAsync(folder.PathOf("run.trec"), "q1 Q0 tides 1 1 r\n");
        await File.WriteAllTextAsync(folder.PathOf(file), text);

        // The model is none: what is wrong with the data is found before it is looked for.
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(
            "eval", folder.Path, "--model", folder.PathOf("nowhere"), "--run", folder.PathOf("run.trec"));

        string[] lines = error.TrimEnd().Split('\n');
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(problem, lines[^1]);
        Assert.DoesNotContain("Parameter", error);
    }

    [Fact]
    public async Task Eval_DataThatIsAFile_IsCalledAFile()
    {
        using TemporaryFolder folder = CreateCollection();

        (int exitCode, _, string error) = await SpladeCommand.RunAsync("eval", folder.PathOf("qrels.tsv"), "--run", "r");

        Assert.Equal(1, exitCode);
        Assert.Contains("qrels.tsv: This is a file. Expected a folder", error);
    }

    [Fact]
    public async Task Eval_JudgmentsOfUnknownIds_AreWarnedOfAndCounted()
    {
        using TemporaryFolder folder = CreateCollection();
        await File.WriteAllTextAsync(folder.PathOf("qrels.tsv"), $"{Qrels}q1\tgone\t1\nq9\ttides\t1\n");
        await File.WriteAllTextAsync(folder.PathOf("run.trec"), "q1 Q0 tides 1 1 r\nq2 Q0 wings 1 1 r\nq3 Q0 bread 1 1 r\n");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("eval", folder.Path, "--run", folder.PathOf("run.trec"), "--json");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            $"splade: {folder.PathOf("qrels.tsv")}, line 6: The document 'gone' is not in corpus.jsonl.\n"
            + $"splade: {folder.PathOf("qrels.tsv")}, line 7: The query 'q9' is not in queries.jsonl.\n",
            error);
        JsonElement data = JsonDocument.Parse(output).RootElement.GetProperty("data");
        Assert.Equal((1, 1), (data.GetProperty("unknown_documents").GetInt32(), data.GetProperty("unknown_queries").GetInt32()));
    }

    [Theory]
    [InlineData("same-text", 1, "A query's own document was left out of what was found for it, of 2 queries")]
    [InlineData("always", 1, "A query's own document was left out of what was found for it, of 3 queries")]
    [InlineData("never", .6309, "3 queries have the id of a document that counts.")]
    public async Task Eval_QueriesThatAreDocuments_CountAsAsked(string choice, double expected, string sentence)
    {
        using TemporaryFolder folder = CreateCollection();
        await File.WriteAllTextAsync(folder.PathOf("corpus.jsonl"), """
            {"_id": "q1", "title": "", "text": "the sea goes up and down twice"}
            {"_id": "q2", "title": "", "text": "airplanes fly by lift of wings"}
            {"_id": "a1", "title": "", "text": "the sea goes up because of the moon"}
            {"_id": "a2", "title": "", "text": "airplanes fly where wings make wind"}
            {"_id": "q3", "title": "", "text": "nothing of this"}
            {"_id": "a3", "title": "", "text": "bread dough rises by yeast"}
            """);
        await File.WriteAllTextAsync(folder.PathOf("queries.jsonl"), """
            {"_id": "q1", "text": "the sea goes up and down twice"}
            {"_id": "q2", "text": "airplanes fly by lift of wings"}
            {"_id": "q3", "text": "bread dough rises"}
            """);
        await File.WriteAllTextAsync(folder.PathOf("qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\ta1\t1\nq2\ta2\t1\nq3\ta3\t1\n");
        await File.WriteAllTextAsync(folder.PathOf("run.trec"), "q1 Q0 q1 1 2 r\nq1 Q0 a1 2 1 r\nq2 Q0 q2 1 2 r\nq2 Q0 a2 2 1 r\nq3 Q0 a3 1 1 r\n");
        string[] arguments =
            ["eval", folder.Path, "--model", Files.Model, "--dense", Files.DenseModel, "--run", folder.PathOf("run.trec"), "--ignore-identical-ids", choice];

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync([.. arguments, "--json"]);
        (_, string table, _) = await SpladeCommand.RunAsync(arguments);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains(sentence, table);
        JsonElement[] runs = [.. JsonDocument.Parse(output).RootElement.GetProperty("runs").EnumerateArray()];
        Assert.All(runs.Where(run => run.GetProperty("name").GetString() is "bm25" or "sparse" or "rrf" or "r"), run => Assert.Equal(
            expected, run.GetProperty("measures").GetProperty("ndcg_at_10").GetProperty("per_query")[0].GetDouble(), 1e-4));
    }

    [Fact]
    public async Task Eval_IdThatNoRunFileCanHold_IsRefusedBeforeAnythingIsEncoded()
    {
        using TemporaryFolder folder = CreateCollection();
        await File.AppendAllTextAsync(folder.PathOf("corpus.jsonl"), "\n{\"_id\": \"two words\", \"text\": \"t\"}");

        (int exitCode, _, string error) = await SpladeCommand.RunAsync("eval", folder.Path, "--model", folder.PathOf("nowhere"), "--run-out", folder.PathOf("runs"));

        Assert.Equal(1, exitCode);
        Assert.Contains("corpus.jsonl, line 6: The id 'two words' has a blank in it.", error);
        Assert.False(Directory.Exists(folder.PathOf("runs")));
    }

    [InterruptFact]
    public async Task Eval_Interrupted_EndsWithItsOwnCode()
    {
        using TemporaryFolder folder = CreateCollection();
        IEnumerable<string> many = Enumerable.Range(0, 50_000).Select(i => $"{{\"_id\": \"d{i}\", \"text\": \"Text {i} of many about the Moon and the sea.\"}}");
        await File.WriteAllLinesAsync(folder.PathOf("corpus.jsonl"), many.Prepend(Corpus));
        using Process process = SpladeProcess.Start([], "eval", folder.Path, "--model", Files.Model, "--run-out", folder.PathOf("runs"));
        while (!Directory.Exists(folder.PathOf("runs")))
        {
            Assert.False(process.HasExited);
            await Task.Delay(20);
        }

        // The command line begins to hear signals beside the command, which works for minutes from here on.
        await Task.Delay(500);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.Equal((130, "splade: Cancelled.\n"), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
        Assert.Empty(Directory.GetFiles(folder.PathOf("runs")));
    }

    private static TemporaryFolder CreateCollection()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("corpus.jsonl"), Corpus);
        File.WriteAllText(folder.PathOf("queries.jsonl"), Queries);
        File.WriteAllText(folder.PathOf("qrels.tsv"), Qrels);
        return folder;
    }
}
