using System.Diagnostics;

namespace Splade.AI.Tokenization;

/// <summary>The Unicode facts of <c>UnicodeProperties.txt</c>, which says where they come from and why .NET's own do not serve.</summary>
/// <remarks>Immutable and shared by all tokenizers.</remarks>
internal sealed class UnicodeProperties
{
    private const int HangulBase = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int HangulLead = 0x1100;
    private const int HangulVowel = 0x1161;
    private const int HangulTrail = 0x11A7;
    private const int HangulLeads = 19;
    private const int HangulVowels = 21;
    private const int HangulTrails = 28;

    // Two bytes for every scalar: the pages of planes that no section names are never touched and cost no memory.
    private readonly ScalarTraits[] _traits = new ScalarTraits[0x110000];
    private readonly Dictionary<int, byte> _combiningClasses = [];
    private readonly Dictionary<int, int> _lowercase = [];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<int, int[]> _compatibility = [];
    private readonly Dictionary<long, int> _compositions = [];

    private UnicodeProperties(TextReader source)
    {
        ScalarTraits trait = ScalarTraits.None;
        while (source.ReadLine() is string line)
        {
            if (line.StartsWith('['))
            {
                trait = TraitOf(line);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                Add(trait, new UnicodePropertyLine(line));
            }
        }

        foreach (ref ScalarTraits traits in _traits.AsSpan(HangulBase..(HangulLast + 1)))
        {
            traits |= ScalarTraits.Decomposes;
        }

        AddCompositions();
    }

    public static UnicodeProperties Shared { get; } = Read();

    public ScalarTraits TraitsOf(int scalar) => _traits[scalar];

    /// <summary>The canonical combining class of a scalar that is <see cref="ScalarTraits.Combining"/>.</summary>
    public byte CombiningClassOf(int scalar) => _combiningClasses[scalar];

    /// <summary>The lower case of a scalar that is <see cref="ScalarTraits.Cased"/>.</summary>
    public int LowercaseOf(int scalar) => _lowercase[scalar];

    /// <summary>The full canonical decomposition of a scalar that <see cref="ScalarTraits.Decomposes"/>, but not of Hangul.</summary>
    public ReadOnlySpan<int> DecompositionOf(int scalar) => _decompositions[scalar];

    /// <summary>The full compatibility decomposition of a scalar that is <see cref="ScalarTraits.Compatible"/>.</summary>
    public ReadOnlySpan<int> CompatibilityDecompositionOf(int scalar) => _compatibility[scalar];

    /// <summary>The one scalar that two scalars become, or -1.</summary>
    public int Compose(int first, int second)
    {
        if ((_traits[second] & ScalarTraits.Attaches) == 0)
        {
            return -1;
        }

        return _compositions.TryGetValue(Pair(first, second), out int composed) ? composed : ComposeHangul(first, second);
    }

    /// <summary>Splits a Hangul syllable into its two or three letters, by the formula of the Unicode standard, section 3.12.</summary>
    /// <returns>Whether the scalar is a Hangul syllable. <paramref name="trail"/> is 0 when there are only two letters.</returns>
    public static bool TryDecomposeHangul(int scalar, out int lead, out int vowel, out int trail)
    {
        int index = scalar - HangulBase;
        lead = HangulLead + (index / (HangulVowels * HangulTrails));
        vowel = HangulVowel + (index / HangulTrails % HangulVowels);
        trail = index % HangulTrails == 0 ? 0 : HangulTrail + (index % HangulTrails);
        return scalar is >= HangulBase and <= HangulLast;
    }

    private static int ComposeHangul(int first, int second)
    {
        int lead = first - HangulLead;
        int vowel = second - HangulVowel;
        if (lead is >= 0 and < HangulLeads && vowel is >= 0 and < HangulVowels)
        {
            return HangulBase + (((lead * HangulVowels) + vowel) * HangulTrails);
        }

        bool takesTrail = first is >= HangulBase and <= HangulLast && (first - HangulBase) % HangulTrails == 0;
        int trail = second - HangulTrail;
        return takesTrail && trail is > 0 and < HangulTrails ? first + trail : -1;
    }

    /// <summary>
    /// A scalar that decomposes to several is made of all but the last, put together, and the last: the tables of Unicode give only such
    /// pairs, in canonical order.
    /// </summary>
    private void AddCompositions()
    {
        // Shorter ones first, of which longer ones are made.
        for (int length = 2, found = 1; found > 0; length++)
        {
            found = AddCompositions(length);
        }

        foreach (ref ScalarTraits traits in _traits.AsSpan(HangulVowel..(HangulTrail + HangulTrails)))
        {
            traits |= ScalarTraits.Attaches;
        }
    }

    private int AddCompositions(int length)
    {
        int found = 0;
        foreach ((int scalar, int[] parts) in _decompositions)
        {
            if (parts.Length != length || (_traits[scalar] & ScalarTraits.Uncomposed) != 0)
            {
                continue;
            }

            int first = parts[0];
            foreach (int mark in parts.AsSpan(1..^1))
            {
                first = _compositions[Pair(first, mark)];
            }

            _compositions.Add(Pair(first, parts[^1]), scalar);
            _traits[parts[^1]] |= ScalarTraits.Attaches;
            found++;
        }

        return found;
    }

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static ScalarTraits TraitOf(string section) => section switch
    {
        "[removed]" => ScalarTraits.Removed,
        "[whitespace]" => ScalarTraits.WhiteSpace,
        "[punctuation]" => ScalarTraits.Punctuation,
        "[chinese]" => ScalarTraits.Chinese,
        "[marks]" => ScalarTraits.Mark,
        "[classes]" => ScalarTraits.Combining,
        "[lowercase]" => ScalarTraits.Cased,
        "[decompositions]" => ScalarTraits.Decomposes,
        "[compatibility]" => ScalarTraits.Compatible,
        "[uncomposed]" => ScalarTraits.Uncomposed,
        "[accents]" => ScalarTraits.Accent,
        "[letters]" => ScalarTraits.Letter,
        "[numbers]" => ScalarTraits.Number,
        "[numeric]" => ScalarTraits.RecentNumber,
        _ => throw new UnreachableException($"UnicodeProperties.txt has a section {section} that nobody reads."),
    };

    private void Add(ScalarTraits trait, UnicodePropertyLine line)
    {
        AddTrait(trait, line.First, line.Last, line.Step);
        for (int scalar = line.First; !line.Value.IsEmpty && scalar <= line.Last; scalar += line.Step)
        {
            AddValue(trait, scalar, line);
        }
    }

    private void AddTrait(ScalarTraits trait, int first, int last, int step)
    {
        for (int scalar = first; scalar <= last; scalar += step)
        {
            _traits[scalar] |= trait;
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
            case ScalarTraits.Compatible:
                _compatibility.Add(scalar, line.Scalars);
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
