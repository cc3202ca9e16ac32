namespace Splade.AI.ModelFiles;

/// <summary>The files of a <c>SparseStaticEmbedding</c>: a query's weights are looked up, and no model runs.</summary>
/// <param name="TokenizerFile">The tokenizer of the queries.</param>
/// <param name="WeightsFile">The weight of each token: safetensors, JSON or text.</param>
/// <param name="MaxTokens">The most tokens of a query that are read; 0 for all.</param>
internal sealed record StaticQueryFolder(string TokenizerFile, string WeightsFile, int MaxTokens)
{
    /// <param name="folder">The module's own folder.</param>
    /// <param name="root">The model's folder, where the OpenSearch models keep a second copy of the weights.</param>
    public static StaticQueryFolder Read(string folder, string root) =>
        new(TransformerFolder.FindTokenizer(folder), FindWeights(folder, root), TokenLimit.Read(folder, config: null));

    private static string FindWeights(string folder, string root)
    {
        string own = Path.Combine(folder, "model.safetensors");
        return ModelFile.Exists(own) ? own : Candidates(folder, root).FirstOrDefault(file => ModelFile.Exists(file)) ?? throw new SpladeModelException(
            "The weights of query tokens are missing. Expected model.safetensors, idf.json or query_token_weights.txt.", folder);
    }

    private static IEnumerable<string> Candidates(string folder, string root)
    {
        string config = Path.Combine(folder, "config.json");
        string? named = JsonFile.ReadIfExists(config)?.Text("path");
        string[] inFolder = named is null ? [] : [ModelFile.Named(folder, named, config), ModelFile.Named(root, named, config)];
        return [.. inFolder, Path.Combine(folder, "idf.json"), Path.Combine(root, "idf.json"), Path.Combine(root, "query_token_weights.txt")];
    }
}
