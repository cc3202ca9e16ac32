using System.Text.RegularExpressions;

namespace RagChat.Documents;

/// <summary>Cuts a text into as few consecutive parts as fit a token budget, at the strongest borders that allow it.</summary>
internal sealed partial class TextPacker(int maxTokens, Func<string, int> countTokens)
{
    /// <summary>From the strongest to the weakest: blocks, lines (list items, table rows), sentences, words.</summary>
    private static readonly Regex[] Borders = [AfterBlock(), AfterLine(), Sentences.Border, AfterWord()];

    public IEnumerable<string> Pack(string text) => Pack(text, border: 0).Select(p => p.Trim('\n', ' ')).Where(p => p.Length > 0);

    private IEnumerable<string> Pack(string text, int border)
    {
        if (countTokens(text) <= maxTokens)
        {
            return [text];
        }

        return border < Borders.Length ? Merge(Borders[border].Split(text), border) : Halves(text);
    }

    private IEnumerable<string> Merge(string[] pieces, int border)
    {
        string part = "";
        int tokens = 0;
        foreach (string piece in pieces)
        {
            int more = countTokens(piece);
            if (part.Length > 0 && tokens + more > maxTokens)
            {
                yield return part;
                (part, tokens) = ("", 0);
            }

            if (more <= maxTokens)
            {
                (part, tokens) = (part + piece, tokens + more);
                continue;
            }

            foreach (string smaller in Pack(piece, border + 1))
            {
                yield return smaller;
            }
        }

        yield return part;
    }

    /// <summary>One "word" above the budget: a long address, encoded data, or a script without spaces.</summary>
    private IEnumerable<string> Halves(string text)
    {
        if (text.Length < 2)
        {
            return [text];
        }

        int middle = text.Length / 2;
        middle += char.IsLowSurrogate(text[middle]) ? 1 : 0;
        return middle < text.Length ? Pack(text[..middle], Borders.Length).Concat(Pack(text[middle..], Borders.Length)) : [text];
    }

    [GeneratedRegex(@"(?<=\n\s*\n)(?!\s)")]
    private static partial Regex AfterBlock();

    [GeneratedRegex(@"(?<=\n)")]
    private static partial Regex AfterLine();

    [GeneratedRegex(@"(?<=\s)(?!\s)")]
    private static partial Regex AfterWord();
}
