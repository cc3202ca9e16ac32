using System.Globalization;
using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>What <c>\w</c> means in a regular expression: Unicode Technical Standard 18, annex C.</summary>
/// <remarks>For every scalar the same, with .NET 10, as the Rust crate regex in Hugging Face's tokenizers 0.23.2.</remarks>
internal static class WordCharacters
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    public static bool Contains(Rune scalar) => Rune.GetUnicodeCategory(scalar) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation => true,
        UnicodeCategory.OtherSymbol => IsCircledLetter(scalar.Value),
        _ => scalar.Value is ZeroWidthNonJoiner or ZeroWidthJoiner,
    };

    // Symbols that nevertheless have the property Alphabetic.
    private static bool IsCircledLetter(int scalar) =>
        scalar is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
