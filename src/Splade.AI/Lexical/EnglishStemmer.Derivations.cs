namespace Splade.AI.Lexical;

/// <summary>Steps 2 to 5: the endings by which words are made of others. Of the endings of a step the longest that fits decides.</summary>
internal sealed partial class EnglishStemmer
{
    /// <summary>The letters after which -li is an ending.</summary>
    private const string BeforeLi = "cdeghkmnrt";

    private static readonly (string Suffix, string Replacement)[] DoubleSuffixes = LongestFirst(
        ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("entli", "ent"), ("izer", "ize"), ("ization", "ize"),
        ("ational", "ate"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("aliti", "al"), ("alli", "al"), ("fulness", "ful"),
        ("ousli", "ous"), ("ousness", "ous"), ("iveness", "ive"), ("iviti", "ive"), ("biliti", "ble"), ("bli", "ble"), ("ogist", "og"),
        ("ogi", "og"), ("fulli", "ful"), ("lessli", "less"), ("li", ""));

    private static readonly (string Suffix, string Replacement)[] Adjectives = LongestFirst(
        ("tional", "tion"), ("ational", "ate"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
        ("ative", ""));

    private static readonly (string Suffix, string Replacement)[] Suffixes = LongestFirst(
        ("al", ""), ("ance", ""), ("ence", ""), ("er", ""), ("ic", ""), ("able", ""), ("ible", ""), ("ant", ""), ("ement", ""), ("ment", ""),
        ("ent", ""), ("ism", ""), ("ate", ""), ("iti", ""), ("ous", ""), ("ive", ""), ("ize", ""), ("ion", ""));

    private void ReplaceDoubleSuffix(EnglishWord word)
    {
        (string? suffix, string replacement) = Array.Find(
            DoubleSuffixes, s => word.EndsWith(s.Suffix) && (s.Suffix != "ogist" || rules.ReplacesOgist));
        if (suffix is null || !word.IsInRegion1(suffix.Length))
        {
            return;
        }

        bool isEnding = suffix switch
        {
            "ogi" => LetterBefore(word, suffix) == 'l',
            "li" => BeforeLi.Contains(LetterBefore(word, suffix)),
            _ => true,
        };
        if (isEnding)
        {
            word.Replace(suffix.Length, replacement);
        }
    }

    private static void ReplaceAdjective(EnglishWord word)
    {
        (string? suffix, string replacement) = Array.Find(Adjectives, s => word.EndsWith(s.Suffix));
        if (suffix is not null && (suffix == "ative" ? word.IsInRegion2(suffix.Length) : word.IsInRegion1(suffix.Length)))
        {
            word.Replace(suffix.Length, replacement);
        }
    }

    private static void RemoveSuffix(EnglishWord word)
    {
        (string? suffix, string replacement) = Array.Find(Suffixes, s => word.EndsWith(s.Suffix));
        if (suffix is not null && word.IsInRegion2(suffix.Length) && (suffix != "ion" || LetterBefore(word, suffix) is 's' or 't'))
        {
            word.Replace(suffix.Length, replacement);
        }
    }

    private static void RemoveFinalLetter(EnglishWord word)
    {
        bool isSilentE = word.EndsWith("e") && (word.IsInRegion2(1) || (word.IsInRegion1(1) && !word.EndsShortBefore(1)));
        if (isSilentE || (word.EndsWith("ll") && word.IsInRegion2(1)))
        {
            word.Replace(1, "");
        }
    }

    private static char LetterBefore(EnglishWord word, string suffix) => word.Length > suffix.Length ? word[word.Length - suffix.Length - 1] : '\0';

    private static (string Suffix, string Replacement)[] LongestFirst(params (string Suffix, string Replacement)[] suffixes) =>
        [.. suffixes.OrderByDescending(s => s.Suffix.Length)];
}
