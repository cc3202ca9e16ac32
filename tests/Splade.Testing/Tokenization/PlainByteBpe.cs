using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Splade.AI.Tokenization;

namespace Splade.Testing.Tokenization;

/// <summary>RoBERTa tokenization written the obvious way: the published regular expression, and one merge after the other.</summary>
internal sealed class PlainByteBpe : PlainTokenizer
{
    private const char Space = 'Ġ';

    private static readonly Regex Words = new(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+");

    private static readonly string[] SpecialTokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    private readonly Dictionary<(string Left, string Right), int> _ranks;

    /// <param name="tokenizerJsonPath">A file whose merges are pairs.</param>
    public PlainByteBpe(string tokenizerJsonPath)
        : base(Tokenizer.Load(tokenizerJsonPath).Vocabulary, SpecialTokens, first: "<s>", last: "</s>")
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(tokenizerJsonPath));
        JsonElement merges = json.RootElement.GetProperty("model").GetProperty("merges");
        _ranks = merges.EnumerateArray().Index().ToDictionary(
            merge => (merge.Item[0].GetString()!, merge.Item[1].GetString()!), merge => merge.Index);
    }

    protected override void AppendPlain(string text, int start, int end, List<(int Id, TokenOffset Offset)> tokens)
    {
        List<PlainScalar> scalars = PlainScalar.Read(text, start, end);
        foreach (Match word in Words.Matches(string.Concat(scalars.Select(scalar => Stand(scalar)))))
        {
            foreach (Symbol symbol in Merge(Split(scalars.GetRange(word.Index, word.Length))))
            {
                tokens.Add((Ids[symbol.Text], Trim(symbol)));
            }
        }
    }

    // .NET would take a scalar beyond the basic plane for two, and its letters change with its version of Unicode.
    private static char Stand(PlainScalar scalar) => scalar switch
    {
        { Value: < 128 } => (char)scalar.Value,
        _ when scalar.Is(ScalarTraits.Letter) => 'x',
        _ when scalar.Is(ScalarTraits.Number) => '1',
        _ when scalar.Is(ScalarTraits.WhiteSpace) => '\t',
        _ => '#',
    };

    private static List<Symbol> Split(List<PlainScalar> word) =>
        [.. word.SelectMany(scalar => Encoding.UTF8.GetBytes(scalar.Text).Select(value => new Symbol(Write(value), scalar.Source)))];

    private static string Write(byte value)
    {
        byte[] unprintable = [.. Enumerable.Range(0, 256).Where(v => v is < 33 or (> 126 and < 161) or 173).Select(v => (byte)v)];
        int index = Array.IndexOf(unprintable, value);
        return ((char)(index < 0 ? value : 256 + index)).ToString();
    }

    private List<Symbol> Merge(List<Symbol> symbols)
    {
        while (symbols.Count > 1)
        {
            int best = Enumerable.Range(0, symbols.Count - 1).MinBy(i => RankOf(symbols[i], symbols[i + 1]));
            if (RankOf(symbols[best], symbols[best + 1]) == int.MaxValue)
            {
                break;
            }

            (Symbol left, Symbol right) = (symbols[best], symbols[best + 1]);
            symbols[best] = new Symbol(left.Text + right.Text, new TokenOffset(left.Source.Start, right.Source.End));
            symbols.RemoveAt(best + 1);
        }

        return symbols;
    }

    private int RankOf(Symbol left, Symbol right) => _ranks.GetValueOrDefault((left.Text, right.Text), int.MaxValue);

    private static TokenOffset Trim(Symbol symbol)
    {
        int start = Math.Min(symbol.Source.Start + symbol.Text.TakeWhile(c => c == Space).Count(), symbol.Source.End);
        int end = symbol.Source.End - symbol.Text.Reverse().TakeWhile(c => c == Space).Count();
        return new TokenOffset(start, Math.Max(start, end));
    }

    private sealed record Symbol(string Text, TokenOffset Source);
}
