using Splade.AI.Tokenization;
using Splade.Benchmarks.Measuring;
using Splade.Testing.Tokenization;

namespace Splade.Benchmarks.Tokenization;

/// <summary>How many tokens per second one core makes, against the implementations that are the oracles of the tests.</summary>
internal static class TokenizerBenchmark
{
    public static Report Run()
    {
        IEnumerable<EnglishTexts> corpora = new[] { EnglishTexts.ReadPassages(), EnglishTexts.ReadCranfield() }.OfType<EnglishTexts>();
        return new Report(
            "Tokenizer",
            "Tokens per second on one thread, special tokens and offsets included: "
            + $"{Rounds.Default} rounds after a warm-up, the contenders in turn within each. "
            + "\"Plain\" is the string-based implementation that the tests compare with; the Unigram one does not normalize, which the "
            + "texts here do not need. Models with the small vocabularies of the tests make more tokens of a word than published ones.",
            [.. corpora.SelectMany(texts => Models().Select(
                model => $"{model.Name} on {texts.Description}:\n\n{Measure(model.Path, model.Plain, texts.Texts)}"))]);
    }

    private static IEnumerable<(string Name, string Path, PlainTokenizer Plain)> Models()
    {
        string wordPiece = TokenizerVariant.SpladeTinyPath;
        var plain = new PlainWordPiece(Tokenizer.Load(wordPiece).Vocabulary, lowercase: true);
        yield return ("WordPiece, uncased, 30,522 tokens", wordPiece, plain);
        string bpe = TokenizerVariant.PathOf("random-roberta-bpe");
        yield return ("Byte-level BPE, 3,000 tokens", bpe, new PlainByteBpe(bpe));
        string unigram = TokenizerVariant.PathOf("random-xlmr-unigram");
        yield return ("Unigram with a precompiled character map, 2,992 tokens", unigram, new PlainUnigram(unigram));
    }

    private static string Measure(string tokenizerPath, PlainTokenizer plain, IReadOnlyList<string> texts)
    {
        Tokenizer tokenizer = Tokenizer.Load(tokenizerPath);
        var tokens = new TokenBuffer();
        Contender[] contenders =
        [
            new("Plain", () => texts.Sum(text => plain.Encode(text).Count)),
            new("Tokenizer.Encode(string)", () => texts.Sum(text => tokenizer.Encode(text).Count)),
            new("Tokenizer.Encode(span, buffer)", () => EncodeAll(tokenizer, texts, tokens)),
        ];

        return new ContenderTable("tokens", "text", texts.Count).Format(Rounds.Compare(contenders));
    }

    private static long EncodeAll(Tokenizer tokenizer, IReadOnlyList<string> texts, TokenBuffer tokens)
    {
        long count = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            tokenizer.Encode(texts[i], tokens);
            count += tokens.Count;
        }

        return count;
    }
}
