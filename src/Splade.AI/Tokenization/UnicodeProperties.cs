using System.Diagnostics;

namespace Splade.AI.Tokenization;

/// <summary>The Unicode facts of <c>UnicodeProperties.txt</c>, which says where they come from and why .NET's own do not serve.</summary>
/// <remarks>Immutable and shared by all tokenizers.</remarks>
internal sealed class UnicodeProperties
{
    private const int HangulBase = 0xAC00;
    private const int HangulLast = 0xD7A3;

    // One byte for every scalar: the pages of planes that no section names are never touched and cost no memory.
    private readonly ScalarTraits[] _traits = new ScalarTraits[0x110000];
    private readonly Dictionary<int, byte> _combiningClasses = [];
    private readonly Dictionary<int, int> _lowercase = [];
    private readonly Dictionary<int, int[]> _decompositions = [];

    private UnicodeProperties(TextReader source)
    {
        string section = "";
        while (source.ReadLine() is string line)
        {
            if (line.StartsWith('['))
            {
                section = line;
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                Add(section, UnicodePropertyLine.Parse(line));
            }
        }

        _traits.AsSpan(HangulBase..(HangulLast + 1)).Fill(ScalarTraits.Decomposes);
    }

    public static UnicodeProperties Shared { get; } = Read();

    public ScalarTraits TraitsOf(int scalar) => _traits[scalar];

    /// <summary>The canonical combining class of a scalar that is <see cref="ScalarTraits.Combining"/>.</summary>
    public byte CombiningClassOf(int scalar) => _combiningClasses[scalar];

    /// <summary>The lower case of a scalar that is <see cref="ScalarTraits.Cased"/>.</summary>
    public int LowercaseOf(int scalar) => _lowercase[scalar];

    /// <summary>The full canonical decomposition of a scalar that <see cref="ScalarTraits.Decomposes"/>, but not of Hangul.</summary>
    public ReadOnlySpan<int> DecompositionOf(int scalar) => _decompositions[scalar];

    /// <summary>Splits a Hangul syllable into its two or three letters, by the formula of the Unicode standard, section 3.12.</summary>
    /// <returns>Whether the scalar is a Hangul syllable. <paramref name="trail"/> is 0 when there are only two letters.</returns>
    public static bool TryDecomposeHangul(int scalar, out int lead, out int vowel, out int trail)
    {
        int index = scalar - HangulBase;
        lead = 0x1100 + (index / 588);
        vowel = 0x1161 + (index % 588 / 28);
        trail = index % 28 == 0 ? 0 : 0x11A7 + (index % 28);
        return scalar is >= HangulBase and <= HangulLast;
    }

    private void Add(string section, UnicodePropertyLine line)
    {
        ScalarTraits trait = section switch
        {
            "[removed]" => ScalarTraits.Removed,
            "[whitespace]" => ScalarTraits.WhiteSpace,
            "[punctuation]" => ScalarTraits.Punctuation,
            "[chinese]" => ScalarTraits.Chinese,
            "[marks]" => ScalarTraits.Mark,
            "[classes]" => ScalarTraits.Combining,
            "[lowercase]" => ScalarTraits.Cased,
            "[decompositions]" => ScalarTraits.Decomposes,
            _ => throw new UnreachableException($"UnicodeProperties.txt has a section {section} that nobody reads."),
        };

        for (int scalar = line.First; scalar <= line.Last; scalar += line.Step)
        {
            _traits[scalar] |= trait;
            AddValue(trait, scalar, line);
        }
    }

    private void AddValue(ScalarTraits trait, int scalar, UnicodePropertyLine line)
    {
        switch (trait)
        {
            case ScalarTraits.Combining:
                _combiningClasses.Add(scalar, (byte)line.Number);
                break;
            case ScalarTraits.Cased:
                _lowercase.Add(scalar, scalar + line.Number);
                break;
            case ScalarTraits.Decomposes:
                _decompositions.Add(scalar, line.Scalars);
                break;
        }
    }

    private static UnicodeProperties Read()
    {
        using Stream stream = typeof(UnicodeProperties).Assembly.GetManifestResourceStream("UnicodeProperties.txt")!;
        using var reader = new StreamReader(stream);
        return new UnicodeProperties(reader);
    }
}
