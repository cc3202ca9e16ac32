using Splade.AI.Tests.TestData;
using Splade.AI.Tests.Tokenization;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Tokenization;

/// <summary>How many tokens per second one core makes, against the implementation that is the oracle of the tests.</summary>
internal static class TokenizerBenchmark
{
    public static Report Run()
    {
        IEnumerable<EnglishTexts?> corpora = [EnglishTexts.ReadPassages(), EnglishTexts.ReadCranfield()];
        return new Report(
            "Tokenizer",
            "Tokens per second on one thread with the tokenizer of splade-tiny (WordPiece, uncased), special tokens and offsets included: "
            + $"{Rounds.Default} rounds after a warm-up, the contenders in turn within each. "
            + "\"Plain\" is the string-based implementation that the tests compare with.",
            [.. corpora.OfType<EnglishTexts>().Select(texts => $"On {texts.Description}:\n\n{Measure(texts.Texts)}")]);
    }

    private static string Measure(IReadOnlyList<string> texts)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(Repository.Models, "splade-tiny", "tokenizer.json"));
        var plain = new PlainWordPiece(tokenizer.Vocabulary, lowercase: true);
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
