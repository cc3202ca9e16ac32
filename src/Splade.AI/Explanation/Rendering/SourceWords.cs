using System.Globalization;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering;

/// <summary>The words of a text that its terms come from.</summary>
internal sealed class SourceWords
{
    /// <summary>For tokens that are not of the text, such as those that the model puts around it.</summary>
    private const string NoWord = "(no word)";

    private static readonly Comparer<TokenOffset> ByStart = Comparer<TokenOffset>.Create((x, y) => x.Start.CompareTo(y.Start));

    private readonly string _text;
    private readonly TokenOffset[] _words;

    public SourceWords(TextExplanation text)
    {
        _text = text.Text;
        _words = [.. text.Words.Select(w => w.Span).OrderBy(s => s.Start)];
    }

    /// <summary>The word that a token belongs to, or the token's own part of the text if it is in none.</summary>
    public TokenOffset SpanAt(TokenOffset span)
    {
        int found = Array.BinarySearch(_words, span, ByStart);
        int at = found >= 0 ? found : ~found - 1;
        return at >= 0 && _words[at].End >= span.End ? _words[at] : span;
    }

    /// <summary>Where a term comes from, as people say it, with its runners-up; empty if that is not known.</summary>
    public string Name(ExplainedTerm term)
    {
        if (term.Source is not TermSource source)
        {
            return term.Occurrences.Count > 0 ? WordAt(term.Occurrences[0]) : "";
        }

        return term.RunnersUp.Count == 0
            ? Name(source)
            : string.Join(", ", term.RunnersUp.Prepend(source).Select(s => string.Create(CultureInfo.InvariantCulture, $"{Name(s)} {s.Activation:F2}")));
    }

    private string Name(TermSource source) => source.Span is TokenOffset span ? WordAt(span) : NoWord;

    private string WordAt(TokenOffset span)
    {
        TokenOffset word = SpanAt(span);
        int start = Math.Clamp(word.Start, 0, _text.Length);
        return _text[start..Math.Clamp(word.End, start, _text.Length)];
    }
}
