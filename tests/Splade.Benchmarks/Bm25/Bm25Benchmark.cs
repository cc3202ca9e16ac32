using Splade.AI;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;
using Splade.Testing.Bm25;
using Splade.Testing.Tokenization;

namespace Splade.Benchmarks.Bm25;

/// <summary>How many documents BM25 encodes in a second, against its steps written plainly.</summary>
internal static class Bm25Benchmark
{
    public static Report Run()
    {
        Documents documents = Documents.ReadOrGenerate(new TextGenerator(Tokenizer.Load(TokenizerVariant.SpladeTinyPath)));
        string[] texts = [.. documents.Texts];
        using var generator = new Bm25EmbeddingGenerator();
        Contender[] contenders =
        [
            new("Plain, one thread", () => texts.Sum(text => PlainBm25.Encode(text, EmbeddingInputType.Document).Count > 0 ? 1 : 0)),
            new("GenerateAsync, one text after another", () => texts.Sum(text => Encode(generator, [text]))),
            new("GenerateAsync, all texts at once", () => Encode(generator, texts)),
        ];

        return new Report(
            "BM25",
            $"Documents per second with the default options: {Rounds.Default} rounds after a warm-up, the contenders in turn within each. \"Plain\" is the "
            + "restatement of FastEmbed's steps that the tests compare with.",
            [$"{documents.Description}, {texts.Sum(text => text.Length) / texts.Length} characters on average:\n\n"
                + new ContenderTable("documents", "document", texts.Length).Format(Rounds.Compare(contenders))]);
    }

    private static int Encode(Bm25EmbeddingGenerator generator, string[] texts) => generator.GenerateAsync(texts).GetAwaiter().GetResult().Count;
}
