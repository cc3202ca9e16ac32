using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Tells models of other kinds by the files and names that only they have: FastEmbed's and FlagEmbedding's layouts, rerankers.</summary>
internal static class ForeignLayout
{
    /// <summary>What a folder holds, for an error message; null if it is none of these.</summary>
    public static string? Describe(ModelFolder folder) =>
        ByModelType(folder.ModelType)
        ?? ByFiles(folder.Path)
        ?? (JsonFile.ReadIfExists(Path.Combine(folder.Path, "config.json")) is JsonElement config ? ByConfig(config, folder.Path) : null);

    /// <summary>What Sentence Transformers calls a model, in words; null for those that are read here, or if it says nothing.</summary>
    public static string? ByModelType(string? type) => type switch
    {
        null or "SparseEncoder" or "SentenceTransformer" => null,
        "CrossEncoder" => "a cross-encoder (reranker), which goes to CrossEncoderReranker: it scores pairs of texts and gives no vectors",
        "MultiVectorEncoder" => "a multi-vector encoder (ColBERT): it gives a vector for each token",
        _ => $"a model of type '{type}'",
    };

    private static string? ByFiles(string folder) => EncoderKinds.ByFiles(folder) switch
    {
        EncoderKind.MiniCoil => "miniCOIL, which goes to MiniCoilEncoder",
        EncoderKind.BgeM3 => "BGE-M3 with its lexical weights, which goes to BgeM3Encoder",
        EncoderKind.Bm42 => "BM42, which goes to Bm42EmbeddingGenerator",
        _ => null,
    };

    private static string? ByConfig(JsonElement config, string folder)
    {
        string? architecture = TransformerFolder.ArchitecturesOf(config).FirstOrDefault();
        return architecture is null ? EncoderKinds.IsWordLists(config, folder) ? "the word lists of BM25, and no model" : null
            : architecture.EndsWith(TransformerTask.Classifier, StringComparison.Ordinal)
                ? $"a cross-encoder (reranker) or classifier ({architecture}): a reranker goes to CrossEncoderReranker"
            : architecture.EndsWith("ForCausalLM", StringComparison.Ordinal) ? $"a model that generates text ({architecture})"
            : architecture.Contains("For", StringComparison.Ordinal) && !TransformerFolder.IsMaskedLanguageModel(config)
                ? $"a model for another task ({architecture})"
            : null;
    }
}
