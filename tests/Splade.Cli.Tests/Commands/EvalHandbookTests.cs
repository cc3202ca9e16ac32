using System.Globalization;
using System.Text.Json;

namespace Splade.Cli.Tests.Commands;

/// <summary>The embedded models and BM25 on the handbook, against the figures of docs/evaluation.md and of the collection's own page.</summary>
public sealed class EvalHandbookTests
{
    // A query that finds its only section first on one processor and second on another is worth this.
    private const double Tolerance = .003, ToleranceOfAKind = .03;

    private static readonly string[] Measures = ["ndcg_at_10", "mrr_at_10", "recall_at_100", "map"];

    [SlowFact]
    public async Task Eval_Handbook_HasTheFiguresOfThePages()
    {
        MarkdownPage page = new("docs/evaluation.md"), readme = new("samples/handbook-eval/README.md");
        string[] words = Assert.Single(readme.Blocks("sh")).Split(' ');
        string[] arguments = [.. words.Skip(1).Select(word => word.Contains('/') ? Path.Combine(Repository.Root, word) : word)];

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync([.. arguments, "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Dictionary<string, JsonElement> runs = report.GetProperty("runs").EnumerateArray()
            .ToDictionary(run => run.GetProperty("name").GetString()!, run => run.GetProperty("measures"));
        string[][] all = [.. readme.Rows.Where(row => runs.ContainsKey(row[0]))];
        Assert.Equal(runs.Keys.Order(), all.Select(row => row[0]).Order());
        Assert.All(all, row => Assert.All(Measures.Zip(row[1..]), cell => RequireNear(cell.Second, Mean(runs[row[0]], cell.First), Tolerance)));

        // Legs, run, Cranfield, to its dense run, handbook, to its dense run.
        string[][] legs = [.. page.Rows.Where(row => row.Length == 6 && runs.ContainsKey(row[1].Trim('`')))];
        Assert.Equal(7, legs.Length);
        Assert.All(legs, row => RequireNear(row[4], Mean(runs[row[1].Trim('`')], Measures[0]), Tolerance));
        RequireKinds(page, report, legs.ToDictionary(row => row[0], row => runs[row[1].Trim('`')]));
    }

    // The table whose rows are kinds of queries and whose columns are legs.
    private static void RequireKinds(MarkdownPage page, JsonElement report, Dictionary<string, JsonElement> runs)
    {
        string[] ids = [.. report.GetProperty("query_ids").EnumerateArray().Select(id => id.GetString()!)];
        string[] header = Assert.Single(page.Rows, row => row[0] == "kind");
        foreach (IGrouping<string, int> kind in Enumerable.Range(0, ids.Length).GroupBy(i => ids[i].Split('-')[0]))
        {
            string[] printed = Assert.Single(page.Rows, row => row[0] == $"`{kind.Key}`" && row.Length == header.Length);
            Assert.Equal($"{kind.Count()}", printed[1]);
            Assert.All(header.Zip(printed).Skip(2), cell =>
            {
                JsonElement values = runs[cell.First].GetProperty(Measures[0]).GetProperty("per_query");
                RequireNear(cell.Second, kind.Average(i => values[i].GetDouble()), ToleranceOfAKind);
            });
        }
    }

    private static double Mean(JsonElement measures, string measure) => measures.GetProperty(measure).GetProperty("value").GetProperty("mean").GetDouble();

    private static void RequireNear(string printed, double found, double tolerance) =>
        Assert.Equal(double.Parse(printed, CultureInfo.InvariantCulture), found, tolerance);
}
