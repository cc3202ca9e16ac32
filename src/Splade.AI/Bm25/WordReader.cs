using System.Text;
using Splade.AI.Lexical;
using Splade.AI.Tokenization;

namespace Splade.AI.Bm25;

/// <summary>Reads texts word by word: cut, in lower case, with the term that each has.</summary>
/// <remarks>Safe for concurrent use, as <see cref="TermTable"/> is; what a call needs is its own.</remarks>
/// <param name="cutter">Finds the words.</param>
/// <param name="terms">Has their terms.</param>
/// <param name="maxTokenLength">The most code points of a word that counts.</param>
internal sealed class WordReader(WordCutter cutter, TermTable terms, int maxTokenLength)
{
    private const int WordsBetweenLooks = 4096;

    /// <summary>Where the words of a text stand.</summary>
    public void Cut(string text, List<TokenOffset> words, CancellationToken cancellationToken = default) => cutter.Cut(text, words, cancellationToken);

    /// <summary>Counts the terms of a text, in the order in which they are met first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="counts">Takes the counts, and gives what is needed to make them.</param>
    /// <param name="cancellationToken">Observed now and then.</param>
    public void Count(string text, TermCounts counts, CancellationToken cancellationToken)
    {
        counts.Clear();
        Cut(text, counts.Words, cancellationToken);
        for (int i = 0; i < counts.Words.Count; i++)
        {
            if (i % WordsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            TokenOffset word = counts.Words[i];
            if (IsTooLong(text, word))
            {
                counts.TooLong++;
            }
            else if (Find(text, word, counts) is Term term)
            {
                counts.Add(term);
            }
        }
    }

    /// <summary>Reads a word by itself.</summary>
    public ReadWord Read(string text, TokenOffset word)
    {
        string lower = string.Create(word.End - word.Start, (text, word), (to, from) => LowerCase.Write(from.text, from.word.Start, from.word.End, to));
        return new ReadWord(word, lower, IsTooLong(text, word) ? null : terms.Find(lower));
    }

    private Term? Find(string text, TokenOffset word, TermCounts counts)
    {
        ReadOnlySpan<char> written = text.AsSpan(word.Start, word.End - word.Start);
        if (Ascii.IsValid(written))
        {
            return terms.Find(written);
        }

        Span<char> letters = counts.Letters(written.Length);
        LowerCase.Write(text, word.Start, word.End, letters);
        return terms.Find(letters);
    }

    private bool IsTooLong(string text, TokenOffset word)
    {
        int excess = word.End - word.Start - maxTokenLength;
        for (int i = word.Start + 1; i < word.End && excess > 0; i++)
        {
            excess -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return excess > 0;
    }
}
