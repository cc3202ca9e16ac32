using RagChat.Answering;
using Spectre.Console;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Why the passages were found: their places on both sides, and for one of them the terms in which it met the question.</summary>
internal static class ExplainView
{
    /// <summary>The rest adds little to a score, and the tables stay on one screen.</summary>
    private const int MaxTerms = 12;

    /// <param name="console">Where to write.</param>
    /// <param name="retrieval">What was found.</param>
    /// <param name="chosen">The passage whose terms are shown.</param>
    /// <param name="vocabulary">The sparse model's terms.</param>
    public static void Write(IAnsiConsole console, Retrieval retrieval, Source chosen, IReadOnlyList<string> vocabulary)
    {
        console.Write(Places(retrieval, chosen));
        if (retrieval.SparseQuery is not { } query)
        {
            console.MarkupLine("Dense search compares whole meanings: there are no terms to show.");
            return;
        }

        console.Write(Terms(chosen, TermMatch.Between(query, chosen.Hit.Record.Sparse, vocabulary)));
        console.MarkupLine("[green]/explain[/] with a number shows the terms of that passage.");
    }

    private static Table Places(Retrieval retrieval, Source chosen)
    {
        Table table = TableOf("Ranks and scores", "Passage", "#", "Sparse", "Dense", retrieval.Mode == SearchMode.Hybrid ? "Fused" : "Score");
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

    private static Table Terms(Source source, IReadOnlyList<TermMatch> matches)
    {
        float total = matches.Sum(m => m.Contribution);
        Table table = TableOf($"Terms that met in {source.Passage.Citation}", "Term", "Question", "Passage", "Product", "Share");
        foreach (TermMatch match in matches.Take(MaxTerms))
        {
            AddRow(table, match.Term, $"{match.QueryWeight:F2}", $"{match.PassageWeight:F2}", match.Contribution, total);
        }

        if (matches.Count > MaxTerms)
        {
            AddRow(table, $"{matches.Count - MaxTerms} more", "", "", matches.Skip(MaxTerms).Sum(m => m.Contribution), total);
        }

        AddRow(table, "Sparse score", "", "", total, total);
        return table;
    }

    private static void AddRow(Table table, string term, string question, string passage, float product, float total) => table.AddRow(
        new Text(term), new Text(question), new Text(passage), new Text($"{product:F2}"), new Text(total > 0 ? $"{product / total:P0}" : ""));

    /// <summary>Words on the left, figures on the right.</summary>
    private static Table TableOf(string title, string first, params string[] figures)
    {
        Table table = new Table().RoundedBorder().Title(Markup.Escape(title)).AddColumn(first);
        foreach (string name in figures)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        return table;
    }
}
