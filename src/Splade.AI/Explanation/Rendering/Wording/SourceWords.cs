using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>The words of a text that its terms come from.</summary>
internal sealed class SourceWords
{
    /// <summary>For tokens that are not of the text, such as those that the model puts around it.</summary>
    private const string NoWord = "(no word)";

    private readonly string _text;
    private readonly ExplainedWord[] _words;
    private readonly int[] _starts;

    public SourceWords(TextExplanation text)
    {
        _text = text.Text;
        _words = [.. text.Words.OrderBy(w => w.Span.Start)];
        _starts = Array.ConvertAll(_words, w => w.Span.Start);
    }

    /// <summary>The word that a token belongs to, or the token's own part of the text if it is in none.</summary>
    public TokenOffset SpanAt(TokenOffset span)
    {
        int found = Array.BinarySearch(_starts, span.Start);
        int at = found >= 0 ? found : ~found - 1;
        return at >= 0 && _words[at].Span.End >= span.End ? _words[at].Span : span;
    }

    /// <summary>Where a term comes from, as people say it, and its runners-up after that; none if that is not known.</summary>
    public IReadOnlyList<Name> Names(ExplainedTerm term)
    {
        if (term.Source is not TermSource source)
        {
            return term.Occurrences.Count > 0 ? [new Name(WordAt(term.Occurrences[0]), IsWord: true, Activation: null)] : [];
        }

        return term.RunnersUp.Count == 0
            ? [NameOf(source, activation: null)]
            : [.. term.RunnersUp.Prepend(source).Select(s => NameOf(s, s.Activation))];
    }

    private Name NameOf(TermSource source, float? activation) => source.Span is TokenOffset span
        ? new Name(WordAt(span), IsWord: true, activation)
        : new Name(NoWord, IsWord: false, activation);

    private string WordAt(TokenOffset span)
    {
        TokenOffset word = SpanAt(span);
        int start = Math.Clamp(word.Start, 0, _text.Length);
        return _text[start..Math.Clamp(word.End, start, _text.Length)];
    }

    /// <summary>What gave a term weight, as people say it.</summary>
    /// <param name="Text">A word of the text, or what stands for none.</param>
    /// <param name="IsWord">Whether it is a word of the text.</param>
    /// <param name="Activation">What it gave; null where only one is named, and the term's weight says it.</param>
    internal sealed record Name(string Text, bool IsWord, float? Activation)
    {
        public override string ToString() => Activation is float activation ? $"{Text} {Phrases.Activation(activation)}" : Text;
    }
}
