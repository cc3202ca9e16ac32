using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>Scripts whose words stand side by side without a space, so that nothing tells where one ends.</summary>
internal static class SpacelessScripts
{
    /// <summary>No character up to this one is of such a script.</summary>
    public const char LastBefore = '\u0DFF';

    /// <summary>Whether a character is of Chinese, kana, Thai, Lao or Khmer.</summary>
    public static bool Contains(Rune scalar) =>
        (UnicodeProperties.Shared.TraitsOf(scalar.Value) & ScalarTraits.Chinese) != 0
        || scalar.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF);
}
