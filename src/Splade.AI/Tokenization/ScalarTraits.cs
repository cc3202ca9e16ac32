namespace Splade.AI.Tokenization;

/// <summary>What tokenization needs to know about a Unicode scalar.</summary>
[Flags]
internal enum ScalarTraits : ushort
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

    /// <summary><c>\p{L}</c> in a regular expression.</summary>
    Letter = 256,

    /// <summary><c>\p{N}</c> in a regular expression.</summary>
    Number = 512,

    /// <summary>Not <see cref="Number"/>, but a number for <c>Digits</c>.</summary>
    RecentNumber = 1024,

    /// <summary>Dropped by <c>StripAccents</c>.</summary>
    Accent = 2048,

    /// <summary>Has a compatibility decomposition that is not the canonical one.</summary>
    Compatible = 4096,

    /// <summary>Decomposes, and is not put together again.</summary>
    Uncomposed = 8192,

    /// <summary>May become one with a scalar before it.</summary>
    Attaches = 16384,
}
