using RagChat.Answering;
using Spectre.Console;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;
using Splade.Cli.Reports;

namespace RagChat.Terminal;

/// <summary>Why the passages were found: their places on both sides, and for one of them the words in which it met the question.</summary>
internal static class ExplainView
{
    /// <summary>The rest adds little to a score, and the tables stay on one screen.</summary>
    private const int MaxTerms = 12;

    /// <param name="console">Where to write.</param>
    /// <param name="retrieval">What was found.</param>
    /// <param name="chosen">The passage whose words are shown.</param>
    /// <param name="match">Its explanation; null where the search was dense.</param>
    public static void Write(IAnsiConsole console, Retrieval retrieval, Source chosen, MatchExplanation? match)
    {
        console.Write(Places(retrieval, chosen));
        if (match is null)
        {
            console.MarkupLine("Dense search compares whole meanings: there are no words to show.");
            return;
        }

        console.MarkupLineInterpolated($"\nWords of the question that met words of [green]{chosen.Passage.Citation}[/], its headings included:\n");
        console.Write(new ReportView(match.ToReport(new RenderingOptions { Top = MaxTerms })));
        console.MarkupLine("[green]/explain[/] with a number shows the words of that passage.");
    }

    private static Table Places(Retrieval retrieval, Source chosen)
    {
        Table table = new Table().RoundedBorder().Title("Ranks and scores").AddColumn("Passage");
        foreach (string name in (string[])["#", "Sparse", "Dense", retrieval.Mode == SearchMode.Hybrid ? "Fused" : "Score"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (Source source in retrieval.Sources)
        {
            table.AddRow(
                new Text(source.Passage.Citation, source == chosen ? Color.Green : Style.Plain),
                new Text($"{source.Hit.Rank}"),
                new Text(Scores.Format(source.Hit.Sparse)),
                new Text(Scores.Format(source.Hit.Dense)),
                new Text(Scores.Format(retrieval.Mode, source.Hit.Score)));
        }

        return table;
    }
}
