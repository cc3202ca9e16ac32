using System.Text.RegularExpressions;
using RagChat.Files;

namespace RagChat.Documents;

/// <summary>Cuts a text into as few consecutive parts as fit a token budget, at the strongest borders that allow it.</summary>
internal sealed partial class TextPacker(int maxTokens, Func<string, int> countTokens)
{
    /// <summary>The most characters of a part. A model takes a word of any length for one token, and white space for none.</summary>
    private const int MaxCharacters = 4_000;

    /// <summary>From the strongest to the weakest: blocks, lines (list items, table rows), sentences, words.</summary>
    private static readonly Regex[] Borders = [AfterBlock(), AfterLine(), Sentences.Border, AfterWord()];

    /// <summary>The parts that say anything.</summary>
    public IEnumerable<string> Pack(string text) => Pack(text, border: 0).Select(p => p.Trim('\n', ' ').TrimEnd()).Where(p => PrintableText.HasWord(p));

    private IEnumerable<string> Pack(string text, int border)
    {
        if (TokensOf(text) is not null)
        {
            return [text];
        }

        return border < Borders.Length ? Merge(text, border) : Halves(text);
    }

    private IEnumerable<string> Merge(string text, int border)
    {
        int start = 0;
        int end = 0;
        int tokens = 0;
        foreach (string piece in Borders[border].Split(text))
        {
            int? more = TokensOf(piece);
            if (end > start && (more is null || tokens + more > maxTokens || end - start + piece.Length > MaxCharacters))
            {
                yield return text[start..end];
                (start, tokens) = (end, 0);
            }

            end += piece.Length;
            tokens += more ?? 0;
            if (more is null)
            {
                foreach (string smaller in Pack(piece, border + 1))
                {
                    yield return smaller;
                }

                start = end;
            }
        }

        yield return text[start..end];
    }

    /// <summary>How many tokens a text has; null if it is no part because it has too many, or too many characters. White space at its end is cut off.</summary>
    private int? TokensOf(string text)
    {
        string trimmed = text.TrimEnd();
        return trimmed.Length <= MaxCharacters && countTokens(trimmed) is int tokens && tokens <= maxTokens ? tokens : null;
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

    // What comes after is asked first, as for sentences.
    [GeneratedRegex(@"(?!\s)(?<=\n\s*\n)")]
    private static partial Regex AfterBlock();

    [GeneratedRegex(@"(?<=\n)")]
    private static partial Regex AfterLine();

    [GeneratedRegex(@"(?<=\s)(?!\s)")]
    private static partial Regex AfterWord();
}
