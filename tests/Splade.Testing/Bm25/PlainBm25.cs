using System.Globalization;
using System.Text;
using Splade.AI;
using Splade.AI.Lexical;

namespace Splade.Testing.Bm25;

/// <summary>FastEmbed's steps one after another, with a text made by each: what the encoder must agree with.</summary>
internal static class PlainBm25
{
    /// <summary>Encodes a text with the default options.</summary>
    public static SparseVector Encode(string text, EmbeddingInputType inputType)
    {
        string[] words = Words(Lower(Words(text)));
        string[] stems =
        [
            .. words.Where(w => w != "_" && !StopWordList.English.Contains(w) && w.EnumerateRunes().Count() <= 40)
                .Select(EnglishStemmer.Classic.Stem).Where(s => s.Length > 0),
        ];
        var weights = new Dictionary<int, float>();
        foreach (IGrouping<string, string> stem in stems.GroupBy(s => s))
        {
            double f = stem.Count();
            weights[Dimension(stem.Key)] = inputType == EmbeddingInputType.Query ? 1 : (float)(f * 2.2 / (f + (1.2 * (.25 + (.75 * stems.Length / 256)))));
        }

        return new SparseVector([.. weights.Keys.Order()], [.. weights.OrderBy(w => w.Key).Select(w => w.Value)], int.MaxValue);
    }

    private static string[] Words(string text)
    {
        var kept = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            kept.Append(IsWord(rune) ? rune.ToString() : " ");
        }

        return kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsWord(Rune rune) => rune.Value == '_' || Rune.IsLetter(rune) || Rune.IsNumber(rune);

    private static string Lower(string[] words) => string.Join(' ', words.Select(word =>
    {
        Rune[] runes = [.. word.EnumerateRunes()];
        return string.Concat(runes.Select((rune, i) => rune.Value switch
        {
            0x130 => "i\u0307",
            0x3A3 => IsCasedNext(runes[..i].Reverse()) && !IsCasedNext(runes[(i + 1)..]) ? "ς" : "σ",
            _ => Rune.ToLowerInvariant(rune).ToString(),
        }));
    }));

    private static bool IsCasedNext(IEnumerable<Rune> runes) => runes.SkipWhile(IsIgnored).Take(1).Any(IsCased);

    private static bool IsIgnored(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.ModifierLetter;

    private static bool IsCased(Rune rune) =>
        Rune.IsUpper(rune) || Rune.IsLower(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter
        || rune.Value is 'ª' or 'º' or (>= 0x2160 and <= 0x217F);

    private static int Dimension(string stem)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stem);
        uint hash = 0;
        for (int i = 0; i < bytes.Length; i += 4)
        {
            uint block = 0;
            for (int j = Math.Min(i + 3, bytes.Length - 1); j >= i; j--)
            {
                block = (block * 256) + bytes[j];
            }

            block *= 0xCC9E2D51;
            block = ((block << 15) | (block >> 17)) * 0x1B873593;
            hash ^= block;
            hash = i + 4 <= bytes.Length ? (((hash << 13) | (hash >> 19)) * 5) + 0xE6546B64 : hash;
        }

        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (int)Math.Min(Math.Abs((long)(int)(hash ^ (hash >> 16))), int.MaxValue - 1);
    }
}
