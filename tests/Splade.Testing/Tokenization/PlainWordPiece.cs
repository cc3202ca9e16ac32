using Splade.AI.Tokenization;

namespace Splade.Testing.Tokenization;

/// <summary>
/// BERT tokenization written the obvious way, one step after the other over lists and strings.
/// </summary>
internal sealed class PlainWordPiece(Vocabulary vocabulary, bool lowercase)
    : PlainTokenizer(vocabulary, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], first: "[CLS]", last: "[SEP]")
{
    private const int MaxWordLength = 100;

    protected override void AppendPlain(string text, int start, int end, List<(int Id, TokenOffset Offset)> tokens)
    {
        List<PlainScalar> scalars = SeparateChinese(Clean(PlainScalar.Read(text, start, end)));
        if (lowercase)
        {
            scalars = Lower(Strip(Decompose(scalars)));
        }

        foreach (List<PlainScalar> word in Split(scalars))
        {
            AppendWord(word, tokens);
        }
    }

    private static List<PlainScalar> Clean(List<PlainScalar> scalars) =>
        [.. scalars.Where(s => !s.Is(ScalarTraits.Removed)).Select(s => s.Is(ScalarTraits.WhiteSpace) ? s with { Value = ' ' } : s)];

    private static List<PlainScalar> SeparateChinese(List<PlainScalar> scalars) =>
        [.. scalars.SelectMany(s => s.Is(ScalarTraits.Chinese) ? [s with { Value = ' ' }, s, s with { Value = ' ' }] : new[] { s })];

    private static List<PlainScalar> Decompose(List<PlainScalar> scalars)
    {
        List<PlainScalar> result = [];
        List<(PlainScalar Mark, bool IsFirst)> run = [];
        foreach (PlainScalar scalar in scalars)
        {
            bool isFirst = true;
            foreach (int value in DecompositionOf(scalar.Value))
            {
                PlainScalar part = scalar with { Value = value };
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

    private static void AppendRun(List<(PlainScalar Mark, bool IsFirst)> run, List<PlainScalar> result)
    {
        var sources = new Queue<TokenOffset>(run.Where(mark => mark.IsFirst).Select(mark => mark.Mark.Source));
        foreach ((PlainScalar mark, bool isFirst) in run.OrderBy(mark => UnicodeProperties.Shared.CombiningClassOf(mark.Mark.Value)))
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

    private static List<PlainScalar> Strip(List<PlainScalar> scalars) => [.. scalars.Where(s => !s.Is(ScalarTraits.Mark))];

    private static List<PlainScalar> Lower(List<PlainScalar> scalars) =>
        [.. scalars.Select(s => s.Is(ScalarTraits.Cased) ? s with { Value = UnicodeProperties.Shared.LowercaseOf(s.Value) } : s)];

    private static List<List<PlainScalar>> Split(List<PlainScalar> scalars)
    {
        List<List<PlainScalar>> words = [[]];
        foreach (PlainScalar scalar in scalars)
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

    private void AppendWord(List<PlainScalar> word, List<(int Id, TokenOffset Offset)> tokens)
    {
        List<(int Id, TokenOffset Offset)> pieces = [];
        int start = 0;
        while (start < word.Count && word.Count <= MaxWordLength)
        {
            int end = word.Count;
            int id = -1;
            while (end > start && !Ids.TryGetValue(TextOf(word, start, end), out id))
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

        tokens.AddRange(start == word.Count ? pieces : [(Ids["[UNK]"], SourceOf(word, 0, word.Count))]);
    }

    private static string TextOf(List<PlainScalar> word, int start, int end) =>
        (start == 0 ? "" : "##") + string.Concat(word[start..end].Select(scalar => scalar.Text));

    private static TokenOffset SourceOf(List<PlainScalar> word, int start, int end) =>
        new(word[start].Source.Start, word[end - 1].Source.End);
}
