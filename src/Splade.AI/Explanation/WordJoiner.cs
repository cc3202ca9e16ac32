using System.Globalization;
using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>Puts the words of a text together again from its tokens.</summary>
internal sealed class WordJoiner(Tokenizer tokenizer, string text)
{
    /// <summary>The words in order. Each token is in one word; tokens of white space are not among them.</summary>
    public IReadOnlyList<ExplainedWord> Join(IEnumerable<ExplainedToken> tokens)
    {
        var words = new List<ExplainedWord>();
        var parts = new List<ExplainedToken>();
        foreach (ExplainedToken token in tokens)
        {
            if (parts.Count > 0 && !Continues(parts[^1], token))
            {
                words.Add(Word(parts));
                parts.Clear();
            }

            parts.Add(token);
        }

        if (parts.Count > 0)
        {
            words.Add(Word(parts));
        }

        return words.ToArray();
    }

    private ExplainedWord Word(List<ExplainedToken> parts)
    {
        var span = new TokenOffset(parts[0].Span.Start, parts.Max(p => p.Span.End));
        return new ExplainedWord { Text = text[span.Start..span.End], Span = span, Parts = parts.ToArray() };
    }

    private bool Continues(ExplainedToken before, ExplainedToken token)
    {
        // Bytes of one character, and what a normalizer made of one, stand for the same part of the text.
        bool overlap = token.Span.Start < before.Span.End;
        if (overlap || token.Span.Start > before.Span.End)
        {
            return overlap;
        }

        return !tokenizer.IsSpecial(before.Id) && !tokenizer.IsSpecial(token.Id)
            && (tokenizer.ContinuesWord(token.Id) ?? IsWithinWord(token.Span.Start));
    }

    private bool IsWithinWord(int at)
    {
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out Rune before, out _);
        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune after, out _);
        return (Joins(before) && Joins(after)) || (WordCharacters.Contains(before) && IsMark(after));
    }

    // Text without spaces would be one word, all of it.
    private static bool Joins(Rune scalar) => WordCharacters.Contains(scalar) && !SpacelessScripts.Contains(scalar);

    // A vowel sign or an accent has no sound without the character that it stands upon.
    private static bool IsMark(Rune scalar) =>
        Rune.GetUnicodeCategory(scalar) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
