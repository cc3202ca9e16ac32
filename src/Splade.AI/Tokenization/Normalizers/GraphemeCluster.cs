using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Finds what a reader takes for one character: the extended grapheme clusters of Unicode Standard Annex 29.</summary>
/// <remarks>.NET's own depend on its version of Unicode.</remarks>
internal ref struct GraphemeCluster
{
    private const int ZeroWidthNonJoiner = 0x200C;

    private GraphemeClass _last;
    private bool _pairsFlags;
    private bool _followsPictograph;
    private bool _followsConsonant;
    private bool _linksConsonants;

    /// <summary>Finds where the cluster that begins at a position ends.</summary>
    public static int FindEnd(ReadOnlySpan<char> text, int start)
    {
        Rune.DecodeFromUtf16(text[start..], out Rune scalar, out int length);
        var cluster = default(GraphemeCluster);
        cluster.Add(scalar.Value, GraphemeClasses.Of(scalar.Value));
        int at = start + length;
        if (scalar.Value == '\r' && at < text.Length && text[at] == '\n')
        {
            return at + 1;
        }

        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out scalar, out length);
            GraphemeClass next = GraphemeClasses.Of(scalar.Value);
            if (!cluster.Takes(next))
            {
                break;
            }

            cluster.Add(scalar.Value, next);
            at += length;
        }

        return at;
    }

    // The rules GB4 to GB999, in the order of the annex.
    private readonly bool Takes(GraphemeClass next) => (_last, next) switch
    {
        (GraphemeClass.Control, _) or (_, GraphemeClass.Control) => false,
        (GraphemeClass.Lead, GraphemeClass.Lead or GraphemeClass.Vowel or GraphemeClass.LeadVowel or GraphemeClass.LeadVowelTrail) => true,
        (GraphemeClass.LeadVowel or GraphemeClass.Vowel, GraphemeClass.Vowel or GraphemeClass.Trail) => true,
        (GraphemeClass.LeadVowelTrail or GraphemeClass.Trail, GraphemeClass.Trail) => true,
        (_, GraphemeClass.Extend or GraphemeClass.Linker or GraphemeClass.Joiner or GraphemeClass.SpacingMark) => true,
        (GraphemeClass.Prepend, _) => true,
        (_, GraphemeClass.Consonant) => _linksConsonants,
        (GraphemeClass.Joiner, GraphemeClass.Pictographic) => _followsPictograph,
        (GraphemeClass.RegionalIndicator, GraphemeClass.RegionalIndicator) => _pairsFlags,
        _ => false,
    };

    private void Add(int scalar, GraphemeClass next)
    {
        bool extends = next is GraphemeClass.Extend or GraphemeClass.Linker or GraphemeClass.Joiner;
        bool keepsConsonant = extends && scalar != ZeroWidthNonJoiner;
        _linksConsonants = keepsConsonant && _followsConsonant && (_linksConsonants || next == GraphemeClass.Linker);
        _followsConsonant = next == GraphemeClass.Consonant || (_followsConsonant && keepsConsonant);

        // A joiner counts where it follows a pictograph and what extends it, not where it follows another joiner.
        _followsPictograph = next == GraphemeClass.Pictographic || (_followsPictograph && extends && _last != GraphemeClass.Joiner);
        _pairsFlags = next == GraphemeClass.RegionalIndicator && !(_last == GraphemeClass.RegionalIndicator && _pairsFlags);
        _last = next;
    }
}
