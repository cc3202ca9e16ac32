namespace Splade.AI.Tokenization;

/// <summary>What BERT tokenization needs to know about a Unicode scalar.</summary>
[Flags]
internal enum ScalarTraits : byte
{
    None = 0,

    /// <summary>Dropped by <c>clean_text</c>.</summary>
    Removed = 1,
    WhiteSpace = 2,
    Punctuation = 4,

    /// <summary>Put between spaces by <c>handle_chinese_chars</c>.</summary>
    Chinese = 8,

    /// <summary>Dropped by <c>strip_accents</c>.</summary>
    Mark = 16,

    /// <summary>Has a canonical combining class other than 0.</summary>
    Combining = 32,

    /// <summary>Has a canonical decomposition.</summary>
    Decomposes = 64,

    /// <summary>Has another lower case.</summary>
    Cased = 128,
}
