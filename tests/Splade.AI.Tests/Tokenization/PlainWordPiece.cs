using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>
/// BERT tokenization written the obvious way, one step after the other over lists and strings: the oracle of the tests and the baseline
/// of the benchmark. It shares only the Unicode tables with the library.
/// </summary>
internal sealed class PlainWordPiece(Vocabulary vocabulary, bool lowercase)
{
    private const int MaxWordLength = 100;

    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly Dictionary<string, int> _ids = vocabulary.Index().ToDictionary(token => token.Item, token => token.Index);

    public List<(int Id, TokenOffset Offset)> Encode(string text, bool specialTokensInText = true)
    {
        List<(int Id, TokenOffset Offset)> tokens = [];
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            string? special = specialTokensInText
                ? SpecialTokens.FirstOrDefault(token => string.CompareOrdinal(text, at, token, 0, token.Length) == 0)
                : null;
            if (special is null)
            {
                at++;
                continue;
            }

            AppendPlain(text, done, at, tokens);
            tokens.Add((_ids[special], new TokenOffset(at, at + special.Length)));
            at += special.Length;
            done = at;
        }

        AppendPlain(text, done, text.Length, tokens);
        return [(_ids["[CLS]"], default), .. tokens, (_ids["[SEP]"], default)];
    }

    private void AppendPlain(string text, int start, int end, List<(int Id, TokenOffset Offset)> tokens)
    {
        List<Scalar> scalars = SeparateChinese(Clean(Read(text, start, end)));
        if (lowercase)
        {
            scalars = Lower(Strip(Decompose(scalars)));
        }

        foreach (List<Scalar> word in Split(scalars))
        {
            AppendWord(word, tokens);
        }
    }

    private static List<Scalar> Read(string text, int start, int end)
    {
        List<Scalar> scalars = [];
        for (int at = start; at < end;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at, end - at), out Rune rune, out int length);
            scalars.Add(new Scalar(rune.Value, new TokenOffset(at, at + length)));
            at += length;
        }

        return scalars;
    }

    private static List<Scalar> Clean(List<Scalar> scalars) =>
        [.. scalars.Where(s => !s.Is(ScalarTraits.Removed)).Select(s => s.Is(ScalarTraits.WhiteSpace) ? s with { Value = ' ' } : s)];

    private static List<Scalar> SeparateChinese(List<Scalar> scalars) =>
        [.. scalars.SelectMany(s => s.Is(ScalarTraits.Chinese) ? [s with { Value = ' ' }, s, s with { Value = ' ' }] : new[] { s })];

    private static List<Scalar> Decompose(List<Scalar> scalars)
    {
        List<Scalar> result = [];
        List<(Scalar Mark, bool IsFirst)> run = [];
        foreach (Scalar scalar in scalars)
        {
            bool isFirst = true;
            foreach (int value in DecompositionOf(scalar.Value))
            {
                Scalar part = scalar with { Value = value };
                if (!part.Is(ScalarTraits.Combining))
                {
                    AppendRun(run, result);
                    result.Add(part);
                }
                else
                {
                    run.Add((part, isFirst));
                }

                isFirst = false;
            }
        }

        AppendRun(run, result);
        return result;
    }

    private static void AppendRun(List<(Scalar Mark, bool IsFirst)> run, List<Scalar> result)
    {
        var sources = new Queue<TokenOffset>(run.Where(mark => mark.IsFirst).Select(mark => mark.Mark.Source));
        foreach ((Scalar mark, bool isFirst) in run.OrderBy(mark => UnicodeProperties.Shared.CombiningClassOf(mark.Mark.Value)))
        {
            result.Add(mark with { Source = isFirst ? sources.Dequeue() : result[^1].Source });
        }

        run.Clear();
    }

    private static int[] DecompositionOf(int value)
    {
        if (UnicodeProperties.TryDecomposeHangul(value, out int lead, out int vowel, out int trail))
        {
            return trail == 0 ? [lead, vowel] : [lead, vowel, trail];
        }

        bool decomposes = UnicodeProperties.Shared.TraitsOf(value).HasFlag(ScalarTraits.Decomposes);
        return decomposes ? UnicodeProperties.Shared.DecompositionOf(value).ToArray() : [value];
    }

    private static List<Scalar> Strip(List<Scalar> scalars) => [.. scalars.Where(s => !s.Is(ScalarTraits.Mark))];

    private static List<Scalar> Lower(List<Scalar> scalars) =>
        [.. scalars.Select(s => s.Is(ScalarTraits.Cased) ? s with { Value = UnicodeProperties.Shared.LowercaseOf(s.Value) } : s)];

    private static List<List<Scalar>> Split(List<Scalar> scalars)
    {
        List<List<Scalar>> words = [[]];
        foreach (Scalar scalar in scalars)
        {
            if (scalar.Is(ScalarTraits.WhiteSpace))
            {
                words.Add([]);
            }
            else if (scalar.Is(ScalarTraits.Punctuation))
            {
                words.Add([scalar]);
                words.Add([]);
            }
            else
            {
                words[^1].Add(scalar);
            }
        }

        return [.. words.Where(word => word.Count > 0)];
    }

    private void AppendWord(List<Scalar> word, List<(int Id, TokenOffset Offset)> tokens)
    {
        List<(int Id, TokenOffset Offset)> pieces = [];
        int start = 0;
        while (start < word.Count && word.Count <= MaxWordLength)
        {
            int end = word.Count;
            int id = -1;
            while (end > start && !_ids.TryGetValue(TextOf(word, start, end), out id))
            {
                end--;
            }

            if (end == start)
            {
                break;
            }

            pieces.Add((id, SourceOf(word, start, end)));
            start = end;
        }

        tokens.AddRange(start == word.Count ? pieces : [(_ids["[UNK]"], SourceOf(word, 0, word.Count))]);
    }

    private static string TextOf(List<Scalar> word, int start, int end)
    {
        var text = new StringBuilder(start == 0 ? "" : "##");
        foreach (Scalar scalar in word[start..end])
        {
            text.Append(new Rune(scalar.Value).ToString());
        }

        return text.ToString();
    }

    private static TokenOffset SourceOf(List<Scalar> word, int start, int end) => new(word[start].Source.Start, word[end - 1].Source.End);

    private sealed record Scalar(int Value, TokenOffset Source)
    {
        public bool Is(ScalarTraits trait) => UnicodeProperties.Shared.TraitsOf(Value).HasFlag(trait);
    }
}
