using RagChat.Answering;
using RagChat.Documents;

namespace RagChat.Chat;

/// <summary>A sentence, list item or table row of a passage: the smallest thing that is quoted.</summary>
/// <param name="Passage">Where it is from.</param>
/// <param name="Line">Its line in the passage, from 0.</param>
/// <param name="Position">Its place among the statements of the passage, from 0.</param>
/// <param name="Text">What it says.</param>
internal sealed record Statement(QuotedPassage Passage, int Line, int Position, string Text)
{
    /// <summary>With its headings: "5 working days" says little, "Refund timing: 5 working days" answers a question.</summary>
    public string TextToEncode => $"{Passage.About}: {Text}";

    public static IEnumerable<Statement> Of(QuotedPassage passage) => passage.Text
        .Split('\n')
        .SelectMany((line, number) => Sentences.Of(line).Select(text => (Line: number, Text: text)))
        .Select((sentence, position) => new Statement(passage, sentence.Line, position, sentence.Text));
}
