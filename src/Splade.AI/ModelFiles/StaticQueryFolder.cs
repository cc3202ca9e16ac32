using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>The files of a <c>SparseStaticEmbedding</c>: a query's weights are looked up, and no model runs.</summary>
/// <param name="TokenizerFile">The tokenizer of the queries.</param>
/// <param name="WeightsFile">The weight of each token: safetensors, JSON or text.</param>
/// <param name="MaxTokens">The most tokens of a query that are read; null for all.</param>
/// <param name="TokenizerConfig">What the tokenizer's second file says.</param>
internal sealed record StaticQueryFolder(string TokenizerFile, string WeightsFile, int? MaxTokens, TokenizerConfig TokenizerConfig)
{
    private static readonly string[] WeightsByToken = ["idf.json", "query_token_weights.txt"];

    /// <summary>
    /// Whether it is read as Sentence Transformers reads such a module, and not as FastEmbed reads such a folder. There the limit counts the
    /// tokens of the text alone, and a weight for a token that the vocabulary lacks is that of the unknown token. Here special tokens count, though
    /// they have no part in the vector, and such a weight is passed over.
    /// </summary>
    public bool IsModule { get; private init; }

    /// <summary>Whether a folder without modules seems to have the weights of query tokens in it, before anything is read.</summary>
    public static bool IsInRoot(string root) => !File.Exists(Path.Combine(root, "modules.json"))
        && WeightsByToken.Any(name => File.Exists(Path.Combine(root, name)));

    /// <summary>The weights of query tokens that lie beside a model, as FastEmbed publishes such models; null if there are none.</summary>
    /// <param name="root">The model's folder.</param>
    /// <param name="maxTokens">The most tokens that the model reads.</param>
    public static StaticQueryFolder? ReadRoot(string root, int maxTokens) => FindInRoot(root) is string weights
        ? new StaticQueryFolder(TransformerFolder.FindTokenizer(root), weights, maxTokens, TokenizerConfig.Read(root))
        : null;

    /// <param name="folder">The module's own folder.</param>
    /// <param name="root">The model's folder, where the OpenSearch models keep a second copy of the weights.</param>
    public static StaticQueryFolder Read(string folder, string root)
    {
        var tokenizer = TokenizerConfig.Read(folder);
        int? own = TransformerSettings.Read(folder, TransformerTask.FillMask).MaxLength;
        int? limit = TokenLimit.Of(own, tokenizer.MaxLength, config: null, folder);
        return new StaticQueryFolder(TransformerFolder.FindTokenizer(folder), FindWeights(folder, root), limit, tokenizer) { IsModule = true };
    }

    private static string? FindInRoot(string root) => WeightsByToken.Select(name => Path.Combine(root, name)).FirstOrDefault(file => CheckedFile.Exists(file));

    private static string FindWeights(string folder, string root)
    {
        string own = Path.Combine(folder, "model.safetensors");
        return CheckedFile.Exists(own) ? own : Candidates(folder, root).FirstOrDefault(file => CheckedFile.Exists(file)) ?? throw new SpladeModelException(
            "The weights of query tokens are missing. Expected model.safetensors, idf.json or query_token_weights.txt.", folder);
    }

    private static IEnumerable<string> Candidates(string folder, string root)
    {
        string config = Path.Combine(folder, "config.json");
        string? named = JsonFile.ReadIfExists(config)?.Text("path");
        string[] inFolder = named is null ? [] : [CheckedFile.Named(folder, named, config), CheckedFile.Named(root, named, config)];
        return [.. inFolder, Path.Combine(folder, "idf.json"), .. WeightsByToken.Select(name => Path.Combine(root, name))];
    }
}
