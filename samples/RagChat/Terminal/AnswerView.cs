using RagChat.Answering;
using Spectre.Console;

namespace RagChat.Terminal;

/// <summary>Shows an answer as text. Nothing of it is taken for markup.</summary>
internal static class AnswerView
{
    public static void Write(IAnsiConsole console, RagAnswer answer) => console.Write(new Text(answer.Text + "\n"));

    /// <summary>Says what an answer could not take into account.</summary>
    public static void WriteRemarks(IAnsiConsole console, RagAnswer answer)
    {
        if (answer.Retrieval.QuestionCut)
        {
            console.MarkupLine("[yellow]The question was longer than the models read; its end was left out.[/]");
        }
    }
}
