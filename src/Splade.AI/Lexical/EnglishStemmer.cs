namespace Splade.AI.Lexical;

/// <summary>Cuts English words to their stems, so that connects, connected and connection are one term.</summary>
/// <remarks>
/// The English stemmer of the Snowball project, also called Porter2 (M. F. Porter, snowballstem.org/algorithms/english). It works on characters: where
/// two code units are one, they stand as one while the word is cut. Stateless; safe for concurrent use.
/// </remarks>
/// <param name="rules">In which form.</param>
internal sealed partial class EnglishStemmer(EnglishRules rules)
{
    /// <summary>Shorter words are their own stems.</summary>
    private const int MinLength = 3;

    /// <summary>Stands for a character of two code units, none of which the stemmer knows. It is no character itself.</summary>
    private const char Wide = '\uFFFF';

    /// <summary>The form of before Snowball 3, as FastEmbed has it.</summary>
    public static EnglishStemmer Classic { get; } = new(EnglishRules.Classic);

    /// <summary>The form of Snowball 3, whose exceptions keep for example past and paste apart.</summary>
    public static EnglishStemmer Snowball3 { get; } = new(EnglishRules.Snowball3);

    /// <param name="term">A word in lower case.</param>
    public string Stem(string term)
    {
        if (rules.Exceptions.TryGetValue(term, out string? stem))
        {
            return stem;
        }

        int wide = CountWide(term);
        return term.Length - wide < MinLength ? term
            : wide == 0 ? Cut(term)
            : Widen(Cut(Narrow(term)), term);
    }

    private string Cut(string term)
    {
        var word = new EnglishWord(term, rules);
        RemovePossessive(word);
        RemovePlural(word);
        RemovePast(word);
        ReplaceFinalY(word);
        ReplaceDoubleSuffix(word);
        ReplaceAdjective(word);
        RemoveSuffix(word);
        RemoveFinalLetter(word);
        return word.ToString();
    }

    private static int CountWide(string term)
    {
        int count = 0;
        for (int i = 1; i < term.Length; i++)
        {
            count += char.IsSurrogatePair(term[i - 1], term[i]) ? 1 : 0;
        }

        return count;
    }

    private static string Narrow(string term) =>
        string.Concat(term.EnumerateRunes().Select(rune => rune.IsBmp ? (char)rune.Value : Wide));

    // What is cut off has none of them, so that they stand in the stem as in the term, in the same order.
    private static string Widen(string stem, string term)
    {
        using IEnumerator<string> wide = term.EnumerateRunes().Where(rune => !rune.IsBmp).Select(rune => rune.ToString()).GetEnumerator();
        return string.Concat(stem.Select(c => c == Wide && wide.MoveNext() ? wide.Current : c.ToString()));
    }
}
