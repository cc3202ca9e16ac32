namespace Splade.AI.Lexical;

/// <summary>Steps 1a to 1c: the endings of plurals, past tenses and participles.</summary>
internal sealed partial class EnglishStemmer
{
    /// <summary>Verbs in -eed that are no past tenses, without it.</summary>
    private static readonly string[] VerbsInEed = ["proc", "exc", "succ"];

    private static readonly string[] Doubles = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"];

    private void RemovePossessive(EnglishWord word)
    {
        if (rules.RemovesApostrophes && Array.Find(["'s'", "'s", "'"], word.EndsWith) is string suffix)
        {
            word.Replace(suffix.Length, "");
        }
    }

    private static void RemovePlural(EnglishWord word)
    {
        if (word.EndsWith("sses"))
        {
            word.Replace(2, "");
        }
        else if (word.EndsWith("ied") || word.EndsWith("ies"))
        {
            word.Replace(3, word.Length > 4 ? "i" : "ie");
        }
        else if (word.EndsWith("s") && !word.EndsWith("us") && !word.EndsWith("ss") && word.HasVowelBefore(word.Length - 2))
        {
            word.Replace(1, "");
        }
    }

    private void RemovePast(EnglishWord word)
    {
        string? suffix = Array.Find(["eedly", "ingly", "edly", "eed", "ing", "ed"], word.EndsWith);
        if (suffix is "eed" or "eedly")
        {
            if (!IsOneOf(word, VerbsInEed, suffix) && word.IsInRegion1(suffix.Length))
            {
                word.Replace(suffix.Length, "ee");
            }
        }
        else if (rules.ReplacesYing && suffix == "ing" && word.Length == 5 && word[1] == 'y' && !EnglishWord.IsVowel(word[0]))
        {
            word.Replace("ying".Length, "ie");
        }
        else if (suffix is not null && !(suffix == "ing" && IsOneOf(word, rules.NounsInIng, suffix)) && word.HasVowelBefore(word.Length - suffix.Length))
        {
            word.Replace(suffix.Length, "");
            RestoreVerb(word);
        }
    }

    // As after hoping, hopping and rating: an e comes back, or one of two equal consonants goes.
    private void RestoreVerb(EnglishWord word)
    {
        if (word.EndsWith("at") || word.EndsWith("bl") || word.EndsWith("iz"))
        {
            word.Replace(0, "e");
        }
        else if (Array.Exists(Doubles, word.EndsWith))
        {
            bool isKept = rules.KeepsShortDoubles && word.Length == 3 && word[0] is ('a' or 'e' or 'o');
            word.Replace(isKept ? 0 : 1, "");
        }
        else if (word.EndsAtRegion1 && word.EndsShortBefore(0))
        {
            word.Replace(0, "e");
        }
    }

    private static void ReplaceFinalY(EnglishWord word)
    {
        if ((word.EndsWith("y") || word.EndsWith("Y")) && word.Length > 2 && !EnglishWord.IsVowel(word[word.Length - 2]))
        {
            word.Replace(1, "i");
        }
    }

    private static bool IsOneOf(EnglishWord word, string[] beginnings, string suffix) =>
        Array.Exists(beginnings, beginning => word.Length == beginning.Length + suffix.Length && word.EndsWith(beginning + suffix));
}
