namespace Splade.AI.Tokenization.Normalizers;

/// <summary>What a scalar means for the borders of grapheme clusters; the names are those in <c>GraphemeClasses.txt</c>.</summary>
internal enum GraphemeClass : byte
{
    Other,
    Control,
    Extend,

    /// <summary>An <see cref="Extend"/> that ties consonants together.</summary>
    Linker,
    Joiner,
    SpacingMark,
    Prepend,
    Pictographic,
    Consonant,
    Lead,
    Vowel,
    Trail,
    LeadVowel,
    LeadVowelTrail,
    RegionalIndicator,
}
