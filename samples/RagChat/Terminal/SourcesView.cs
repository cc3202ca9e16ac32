using RagChat.Answering;
using RagChat.Documents;
using Spectre.Console;

namespace RagChat.Terminal;

/// <summary>The passages behind an answer, or all articles while there is none.</summary>
internal static class SourcesView
{
    /// <summary>About four lines of a table on 80 columns: enough to recognise a passage.</summary>
    private const int MaxTextShown = 160;

    public static void Write(IAnsiConsole console, RagAnswer answer)
    {
        Table table = new Table().RoundedBorder().AddColumns(
            new TableColumn("#").RightAligned(), new TableColumn("Score").RightAligned(), new TableColumn("Passage"), new TableColumn("Text"));
        foreach (Source source in answer.Retrieval.Sources)
        {
            table.AddRow(
                new Text($"{source.Hit.Rank}"),
                new Text(Scores.Format(answer.Retrieval.Mode, source.Hit.Score)),
                new Text(source.Passage.Citation, answer.Cited.Contains(source) ? Color.Green : Style.Plain),
                new Text(Shorten(source.Passage.Text)));
        }

        console.Write(table);
        console.MarkupLine(answer.IsGrounded ? "[green]Green[/]: cited in the answer" : "The answer cites none of them.");
    }

    public static void Write(IAnsiConsole console, IEnumerable<Passage> passages)
    {
        Table table = new Table().RoundedBorder().AddColumns(new TableColumn("Article"), new TableColumn("Passages").RightAligned());
        foreach (IGrouping<string, Passage> article in passages.GroupBy(p => p.ArticleId))
        {
            table.AddRow(new Text(article.Key), new Text($"{article.Count()}"));
        }

        console.Write(table);
    }

    private static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        if (line.Length <= MaxTextShown)
        {
            return line;
        }

        int space = line.LastIndexOf(' ', MaxTextShown);
        return $"{line.AsSpan(0, space > 0 ? space : MaxTextShown)} ...";
    }
}
