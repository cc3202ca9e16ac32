using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Tells kinds of models by the modules, files and names that only they have. Nothing is taken for what nobody says.</summary>
internal static class EncoderKinds
{
    private static readonly (EncoderKind Kind, string[] Files)[] Marks =
    [
        (EncoderKind.MiniCoil, ["minicoil.triplet.model.npy", "minicoil.triplet.model.vocab"]),
        (EncoderKind.BgeM3, ["sparse_linear.pt", "sparse_linear.safetensors"]),
        (EncoderKind.Bm42, ["stopwords.txt"]),
    ];

    /// <summary>What a folder holds; null if its files do not say.</summary>
    /// <exception cref="SpladeModelException">A file is wrong.</exception>
    public static EncoderKind? Of(ModelFolder folder) => folder.Modules switch
    {
        [{ Kind: "Router" or "Asym" }] or [{ IsTransformer: true }, { Kind: "SpladePooling" }] => EncoderKind.Splade,

        // The modules of BGE-M3 are those of its dense vectors, and the lexical head lies beside them.
        [_, { Kind: "Pooling" }, ..] => ByFiles(folder.Path) == EncoderKind.BgeM3 ? EncoderKind.BgeM3 : EncoderKind.Dense,
        null or [{ IsTransformer: true }] => ByFiles(folder.Path) ?? ByConfig(folder),
        _ => null,
    };

    /// <summary>The kind that has files of its own in a folder; null if none has.</summary>
    public static EncoderKind? ByFiles(string folder)
    {
        foreach ((EncoderKind kind, string[] files) in Marks)
        {
            if (Array.Exists(files, file => File.Exists(Path.Combine(folder, file))))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>An empty configuration, a text file for each language, and nothing to run: what BM25 is published with.</summary>
    public static bool IsWordLists(JsonElement config, string folder) =>
        config.ValueKind == JsonValueKind.Object && !config.EnumerateObject().Any()
        && !File.Exists(Path.Combine(folder, "tokenizer.json")) && Directory.EnumerateFiles(folder, "*.txt").Any();

    private static EncoderKind? ByConfig(ModelFolder folder)
    {
        string place = folder.Modules is [ModelModule transformer] ? transformer.Folder : folder.Path;
        if (JsonFile.ReadIfExists(Path.Combine(place, "config.json")) is not JsonElement config)
        {
            return null;
        }

        string? architecture = TransformerFolder.ArchitecturesOf(config).FirstOrDefault();
        return architecture is null ? IsWordLists(config, folder.Path) ? EncoderKind.Bm25 : null
            : architecture.EndsWith(TransformerTask.Classifier, StringComparison.Ordinal) ? EncoderKind.CrossEncoder
            : folder.Modules is null && TransformerFolder.IsMaskedLanguageModel(config) ? EncoderKind.Splade
            : null;
    }
}
