using Splade.AI;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;
using Splade.Testing.Tokenization;

namespace Splade.Benchmarks.Serving;

/// <summary>How many documents a second come out of <c>splade serve</c>, against the same engine in the process of the caller.</summary>
internal static class ServeBenchmark
{
    private const int Texts = 64;

    public static Report Run()
    {
        string folder = Path.Combine(Repository.Models, "splade-tiny");
        Documents documents = Documents.ReadOrGenerate(new TextGenerator(Tokenizer.Load(TokenizerVariant.SpladeTinyPath))).Sample(Texts);
        string[] texts = [.. documents.Texts];
        using SpladeEngine engine = SpladeEngine.CreateAsync(folder).GetAwaiter().GetResult();
        using var served = new ServedModel(folder);
        Contender[] contenders =
        [
            new("in the process, all at once", () => engine.EncodeAsync(texts).GetAwaiter().GetResult().Count),
            new("served, 8 texts a request, 8 requests at once", () => served.Encode(texts, ofRequest: 8, atOnce: 8)),
            new("served, a text a request, 8 requests at once", () => served.Encode(texts, ofRequest: 1, atOnce: 8)),
            new("in the process, one after another", () => texts.Sum(text => engine.EncodeAsync([text]).GetAwaiter().GetResult().Count)),
            new("served, one after another", () => served.Encode(texts, ofRequest: 1, atOnce: 1)),
        ];

        return new Report(
            "Serving",
            $"Documents a second with splade-tiny, in this process and by POST /embed_sparse of `splade serve` on the same machine, answers read: {Rounds.Default} "
            + "rounds after a warm-up, the contenders in turn within each.",
            [$"{documents.Description}:\n\n" + new ContenderTable("documents", "document", texts.Length).Format(Rounds.Compare(contenders))]);
    }
}
