using System.Text;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Draws texts that mix everything a tokenizer may stumble over. Equal seeds give equal texts.</summary>
internal sealed class TextGenerator(int seed)
{
    private const string Punctuation = ",.!?-'\"()[]{}$+=_~`^|<>/\\";
    private const string SpacesAndControls = " \t\n\r\u00A0\u3000\u2028\u0085\u000B\0\u200D\u00AD\uFFFD\uFEFF\u007F";

    private static readonly string[] Words =
    [
        "the", "Quick", "brown", "tokenization", "unbelievably", "SPLADE", "aerodynamics", "x86", "naïve", "İstanbul", "Straße",
        "Ångström", "ΣΊΣΥΦΟΣ", "don't", "they'll", "I'VE", "12345", "Ⅻ½", "▁mark",
    ];

    private static readonly string[] Specials =
        ["[SEP]", "[CLS]", "[MASK]", "[PAD]", "[UNK]", "[sep]", "[ SEP ]", "[SEP", "SEP]", "<s>", "</s>", "<unk>", "<mask>", "<s"];

    private static readonly string[] Pictures = ["日本", "中", "漢字", "ひらがな", "カタカナ", "한국어", "😀", "👩‍👩‍👧", "𠀀", "﨑", "각"];

    // Marks that strip_accents leaves, marks that change places, and marks that decompose.
    private static readonly int[] Marks =
    [
        0x301, 0x323, 0x327, 0x344, 0x340, 0x302E, 0x302F, 0x8D4, 0x1DF6, 0x1D165, 0x1D16D, 0x1E000, 0xF71, 0xF73, 0x5B0,
        0x94D, 0x111C9, 0x16FF0,
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = new StringBuilder();
        for (int parts = _random.Next(30); parts > 0; parts--)
        {
            AppendPart(text);
            text.Append(_random.Next(3) == 0 ? " " : "");
        }

        return text.ToString();
    }

    private void AppendPart(StringBuilder text)
    {
        switch (_random.Next(15))
        {
            case < 4:
                text.Append(Pick(Words));
                break;
            case 4:
                text.Append(Pick(Words).ToUpperInvariant());
                break;
            case 5:
                text.Append(Pick(Words).AsSpan(0, 2)).Append(Rune(Pick(Marks))).Append(Pick(Words));
                break;
            case 6:
                text.Append(Pick(Specials));
                break;
            case 7:
                text.Append(Pick(Pictures));
                break;
            case 8:
                text.Append(SpacesAndControls[_random.Next(SpacesAndControls.Length)]);
                break;
            case 9:
                text.Append(Punctuation[_random.Next(Punctuation.Length)]);
                break;
            case 10:
                text.Append(AnyScalar());
                break;
            case 11:
                text.Append(string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => Rune(Pick(Marks)))));
                break;
            case 12:
                text.Append((char)_random.Next(0xD800, 0xE000));
                break;
            case 13:
                text.Append(' ', _random.Next(5)).Append(Pick(["\n", "", "\u2003"]));
                break;
            default:
                int length = _random.Next(4) == 0 ? _random.Next(90, 110) : 3;
                text.Insert(text.Length, Pick(["b", "ö", "𝒴"]), length);
                break;
        }
    }

    private string AnyScalar()
    {
        int scalar = _random.Next(_random.Next(2) == 0 ? 0x3000 : 0x110000);
        return Rune(scalar is >= 0xD800 and < 0xE000 ? 'A' : scalar);
    }

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private static string Rune(int scalar) => new Rune(scalar).ToString();
}
