using System.Text.Json;
using Splade.AI.Tokenization;

namespace Splade.Testing.Tokenization;

/// <summary>
/// XLM-R tokenization written the obvious way, without its normalizer: the best cut of each beginning of a word, by trying all.
/// </summary>
internal sealed class PlainUnigram : PlainTokenizer
{
    private const string Mark = "▁";
    private const string Unknown = "<unk>";

    private static readonly string[] SpecialTokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    private readonly Dictionary<string, double> _scores;
    private readonly double _unknownScore;

    public PlainUnigram(string tokenizerJsonPath)
        : base(Tokenizer.Load(tokenizerJsonPath).Vocabulary, SpecialTokens, first: "<s>", last: "</s>")
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(tokenizerJsonPath));
        JsonElement vocabulary = json.RootElement.GetProperty("model").GetProperty("vocab");
        _scores = vocabulary.EnumerateArray().ToDictionary(entry => entry[0].GetString()!, entry => entry[1].GetDouble());
        _unknownScore = _scores.Values.Min() - 10;
    }

    protected override void AppendPlain(string text, int start, int end, List<(int Id, TokenOffset Offset)> tokens)
    {
        foreach (List<PlainScalar> word in Split(PlainScalar.Read(text, start, end)))
        {
            AppendWord(word, tokens);
        }
    }

    private static List<List<PlainScalar>> Split(List<PlainScalar> scalars)
    {
        List<List<PlainScalar>> words = [];
        bool atSpace = true;
        foreach (PlainScalar scalar in scalars)
        {
            bool isSpace = scalar.Is(ScalarTraits.WhiteSpace);
            if (!isSpace && (atSpace || scalar.Text == Mark))
            {
                words.Add(scalar.Text == Mark ? [] : [scalar with { Value = Mark[0] }]);
            }

            if (!isSpace)
            {
                words[^1].Add(scalar);
            }

            atSpace = isSpace;
        }

        return words;
    }

    private void AppendWord(List<PlainScalar> word, List<(int Id, TokenOffset Offset)> tokens)
    {
        var best = new (double Score, int Start, bool IsKnown)[word.Count + 1];
        for (int end = 1; end <= word.Count; end++)
        {
            best[end] = (double.NegativeInfinity, 0, false);
            for (int start = 0; start < end; start++)
            {
                string piece = TextOf(word, start, end);
                bool isToken = _scores.TryGetValue(piece, out double score);
                double sum = (isToken ? score : _unknownScore) + best[start].Score;
                if ((isToken || end - start == 1) && sum > best[end].Score)
                {
                    best[end] = (sum, start, isToken && piece != Unknown);
                }
            }
        }

        AppendPath(word, best, tokens);
    }

    private void AppendPath(
        List<PlainScalar> word, (double Score, int Start, bool IsKnown)[] best, List<(int Id, TokenOffset Offset)> tokens)
    {
        var path = new Stack<(int Start, int End, bool IsKnown)>();
        for (int end = word.Count; end > 0; end = best[end].Start)
        {
            bool joins = !best[end].IsKnown && path.TryPeek(out (int Start, int End, bool IsKnown) next) && !next.IsKnown;
            path.Push((best[end].Start, joins ? path.Pop().End : end, best[end].IsKnown));
        }

        foreach ((int start, int end, bool isKnown) in path)
        {
            int id = isKnown ? Ids[TextOf(word, start, end)] : Ids[Unknown];
            tokens.Add((id, new TokenOffset(word[start].Source.Start, word[end - 1].Source.End)));
        }
    }

    private static string TextOf(List<PlainScalar> word, int start, int end) =>
        string.Concat(word[start..end].Select(scalar => scalar.Text));
}
