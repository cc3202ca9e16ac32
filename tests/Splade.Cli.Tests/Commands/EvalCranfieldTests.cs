using System.Globalization;
using System.Text.Json;

namespace Splade.Cli.Tests.Commands;

/// <summary>The whole command with the embedded models on Cranfield, against the figures of the reference implementations and of docs/evaluation.md.</summary>
public sealed class EvalCranfieldTests
{
    private const double Tolerance = .002;

    private static readonly string[] Measures = ["ndcg_at_10", "mrr_at_10", "recall_at_100", "map"];

    [SlowSharedFact]
    public async Task Eval_Cranfield_HasTheReferenceFiguresAndThoseOfThePage()
    {
        var page = new MarkdownPage("docs/evaluation.md");
        string command = Assert.Single(page.Blocks("sh"), block => block.StartsWith("splade eval cranfield ", StringComparison.Ordinal));
        string[] arguments = [.. command.Split(' ').Skip(1).Select(word => word switch
        {
            "cranfield" => Path.Combine(Repository.Shared!, "data", word),
            _ when word.StartsWith("models/", StringComparison.Ordinal) => Path.Combine(Repository.Root, word),
            _ => word,
        })];

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync([.. arguments, "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Dictionary<string, double[]> runs = report.GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("name").GetString()!, MeansOf);

        // Made with other implementations; of their BM25 and of the depth of their fusions not all is known.
        RequireNear([.3267, .5261, .7259], runs["sparse"], Tolerance);
        RequireNear([.3555, .5391, .7759], runs["dense"], Tolerance);
        RequireNear([.3314, .5216, .7314], runs["bm25"], .003);
        RequireNear([.3714, .5757, .7924], runs["rrf"], .01);
        RequireNear([.3739, .5659, .7935], runs["min-max"], .01);

        Assert.Equal("dense", report.GetProperty("best_single").GetString());
        Assert.All(["rrf", "min-max", "distribution-based", "tuned"], name => Assert.True(runs[name][0] > runs["dense"][0], name));

        // Another table of the page has the same runs with intervals, which are no numbers.
        Dictionary<string, double[]> printed = page.Rows
            .Where(row => runs.ContainsKey(row[0]) && row[1..].All(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _)))
            .ToDictionary(row => row[0], row => Array.ConvertAll(row[1..], cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        Assert.Equal(runs.Keys.Order(), printed.Keys.Order());
        Assert.All(printed, row => RequireNear(row.Value, runs[row.Key], Tolerance));
    }

    private static double[] MeansOf(JsonElement run) =>
        Array.ConvertAll(Measures, measure => run.GetProperty("measures").GetProperty(measure).GetProperty("value").GetProperty("mean").GetDouble());

    private static void RequireNear(double[] expected, double[] found, double tolerance) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
