using System.Collections.Frozen;

namespace Splade.AI.Evaluation.Lexical;

/// <summary>Cuts English words to their stems, so that connects, connected and connection are one term.</summary>
/// <remarks>
/// The English stemmer of the Snowball project, also called Porter2 (M. F. Porter, snowballstem.org/algorithms/english), in the form of
/// Snowball 3, whose exceptions keep for example past and paste apart. Apostrophes are not looked at: the analyzer's terms have none.
/// Stateless; safe for concurrent use.
/// </remarks>
internal static partial class EnglishStemmer
{
    /// <summary>Shorter words are their own stems.</summary>
    private const int MinLength = 3;

    private static readonly FrozenDictionary<string, string> Exceptions = new Dictionary<string, string>
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="term">A word in lower case.</param>
    public static string Stem(string term)
    {
        if (Exceptions.TryGetValue(term, out string? stem))
        {
            return stem;
        }

        if (term.Length < MinLength)
        {
            return term;
        }

        var word = new EnglishWord(term);
        RemovePlural(word);
        RemovePast(word);
        ReplaceFinalY(word);
        ReplaceDoubleSuffix(word);
        ReplaceAdjective(word);
        RemoveSuffix(word);
        RemoveFinalLetter(word);
        return word.ToString();
    }
}
