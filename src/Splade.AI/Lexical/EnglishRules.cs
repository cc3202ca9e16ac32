using System.Collections.Frozen;

namespace Splade.AI.Lexical;

/// <summary>In what the English stemmers of Snowball before and since its version 3 differ.</summary>
internal sealed record EnglishRules
{
    private static readonly (string Word, string Stem)[] CommonExceptions =
    [
        ("skis", "ski"), ("skies", "sky"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"), ("only", "onli"),
        ("singly", "singl"), ("sky", "sky"), ("news", "news"), ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"),
        ("andes", "andes"),
    ];

    /// <summary>Before version 3, as FastEmbed has it.</summary>
    public static EnglishRules Classic { get; } = new()
    {
        Exceptions = Exceptional(("dying", "die"), ("lying", "lie"), ("tying", "tie")),
        Prefixes = ["gener", "commun", "arsen"],
        NounsInIng = ["inn", "out", "cann", "herr", "earr"],
        RemovesApostrophes = true,
    };

    /// <summary>Version 3.</summary>
    public static EnglishRules Snowball3 { get; } = new()
    {
        Exceptions = Exceptional(),
        Prefixes = ["gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ"],
        NounsInIng = ["inn", "out", "cann", "herr", "earr", "even"],
        KeepsShortDoubles = true,
        ReplacesYing = true,
        ReplacesOgist = true,
        PastIsShort = true,
    };

    /// <summary>Words and their stems.</summary>
    public required FrozenDictionary<string, string> Exceptions { get; init; }

    /// <summary>Beginnings after which the first region starts: words that would else become one stem, as general and generous.</summary>
    public required string[] Prefixes { get; init; }

    /// <summary>Words in -ing that are no participles, without it.</summary>
    public required string[] NounsInIng { get; init; }

    /// <summary>Whether add, ebb and off keep both of their consonants when -ed or -ing is gone.</summary>
    public bool KeepsShortDoubles { get; init; }

    /// <summary>Whether -ying of a word of five letters becomes -ie, as of dying.</summary>
    public bool ReplacesYing { get; init; }

    /// <summary>Whether -ogist becomes -og.</summary>
    public bool ReplacesOgist { get; init; }

    /// <summary>Whether past ends in a short syllable, so that paste keeps its e.</summary>
    public bool PastIsShort { get; init; }

    /// <summary>Whether an apostrophe goes from the beginning of a word, and from its end with the s around it.</summary>
    public bool RemovesApostrophes { get; init; }

    private static FrozenDictionary<string, string> Exceptional(params (string Word, string Stem)[] more) =>
        CommonExceptions.Concat(more).ToFrozenDictionary(e => e.Word, e => e.Stem, StringComparer.Ordinal);
}
