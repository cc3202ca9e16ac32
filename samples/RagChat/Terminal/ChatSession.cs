using RagChat.Answering;
using RagChat.Documents;
using Spectre.Console;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>The prompt: reads questions and commands, line by line, until /quit or the end of the input.</summary>
internal sealed class ChatSession(
    RagAssistant assistant, ExplainMatch explain, ChatSettings settings, IAnsiConsole console, TextReader input, CancelKey cancelKey)
{
    /// <summary>Fits 80 columns.</summary>
    private const string Help = """
        Type a question, or
          /explain [rank]   words in which the question met a passage, ranks, scores
          /sources          passages behind the last answer; at first, all articles
          /mode [name]      search by sparse (words and what they imply), dense
                            (meaning) or hybrid (both)
          /help             this text
          /quit             leave; Ctrl+D does too
        Ctrl+C ends a search, and at the prompt the program.

        """;

    private SearchMode _mode = settings.Mode;
    private RagAnswer? _last;

    public async Task RunAsync()
    {
        IReadOnlyCollection<Passage> passages = assistant.Library.Passages;
        int articles = passages.DistinctBy(p => p.ArticleId).Count();
        console.MarkupLine($"Articles: {articles}, passages: {passages.Count}. Ask a question, or type [green]/help[/].");
        while (ReadLine() is string line && line is not ("/quit" or "/exit"))
        {
            try
            {
                await HandleAsync(line);
            }
            catch (OperationCanceledException)
            {
                console.MarkupLine("[yellow]Cancelled.[/]");
            }
        }
    }

    private string? ReadLine()
    {
        if (console.Profile.Out.IsTerminal)
        {
            console.Markup($"\n[green]{ModeName.Of(_mode)}>[/] ");
        }

        string? line = input.ReadLine();
        if (line is null && console.Profile.Out.IsTerminal)
        {
            // Ctrl+D leaves the cursor behind the prompt.
            console.WriteLine();
        }

        return line?.Trim();
    }

    private async Task HandleAsync(string line)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string argument = words.ElementAtOrDefault(1) ?? "";
        switch (words.FirstOrDefault())
        {
            case null:
                break;
            case "/help":
                console.Write(new Text(Help));
                break;
            case "/mode":
                ChangeMode(argument);
                break;
            case "/explain":
                await ExplainAsync(argument);
                break;
            case "/sources":
                ShowSources();
                break;
            case ['/', ..] command:
                console.MarkupLineInterpolated($"There is no command {command}. Type [green]/help[/] for those there are.");
                break;
            default:
                await AnswerAsync(line);
                break;
        }
    }

    private async Task AnswerAsync(string question)
    {
        _last = await cancelKey.RunAsync(token => assistant.AskAsync(question, _mode, settings.Top, token));
        AnswerView.Write(console, _last);
        AnswerView.WriteRemarks(console, _last);
        if (!_last.IsGrounded)
        {
            console.MarkupLine("[green]/sources[/] shows what came closest.");
        }
    }

    private void ChangeMode(string argument)
    {
        SearchMode mode = _mode;
        if (argument.Length > 0 && !ModeName.TryParse(argument, out mode))
        {
            console.MarkupLineInterpolated($"There is no mode {argument}: it is {ModeName.Choice}.");
            return;
        }

        _mode = mode;
        console.MarkupLine($"Searching in mode [green]{ModeName.Of(_mode)}[/].");
    }

    private async Task ExplainAsync(string argument)
    {
        if (_last is not { Retrieval.Sources: [Source best, ..] sources } answer)
        {
            console.MarkupLine(_last is null ? "Ask a question first." : "Nothing was found for the last question.");
        }
        else if (argument.Length == 0)
        {
            await ExplainAsync(answer.Retrieval, answer.Cited.FirstOrDefault(best));
        }
        else if (int.TryParse(argument, out int rank) && rank >= 1 && rank <= sources.Count)
        {
            await ExplainAsync(answer.Retrieval, sources[rank - 1]);
        }
        else
        {
            console.MarkupLineInterpolated($"There is no passage {argument}: the last question has 1 to {sources.Count}.");
        }
    }

    private async Task ExplainAsync(Retrieval retrieval, Source chosen)
    {
        MatchExplanation? match = retrieval.SparseQuery is { } query
            ? await cancelKey.RunAsync(token => explain(query, retrieval.Question, chosen, token))
            : null;
        ExplainView.Write(console, retrieval, chosen, match);
    }

    private void ShowSources()
    {
        if (_last is null)
        {
            SourcesView.Write(console, assistant.Library.Passages);
        }
        else
        {
            SourcesView.Write(console, _last);
        }
    }
}
