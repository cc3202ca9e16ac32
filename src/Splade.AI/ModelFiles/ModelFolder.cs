using System.Collections.Frozen;
using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.ModelFiles;

/// <summary>The top of a model folder: its modules, and what Sentence Transformers says of the whole.</summary>
internal sealed record ModelFolder
{
    private const string Query = "query";
    private const string Document = "document";

    private ModelFolder(string path) => Path = path;

    public string Path { get; }

    // A snapshot's folder in the cache is named by its commit, which says nothing to anybody.
    public string Name => ModelName.OfSnapshot(Path) ?? System.IO.Path.GetFileName(Path);

    /// <summary>The modules; null where the folder holds a bare transformer without <c>modules.json</c>.</summary>
    public required IReadOnlyList<ModelModule>? Modules { get; init; }

    /// <summary>What is put before a text, by the name of its use.</summary>
    public required IReadOnlyDictionary<string, string> Prompts { get; init; }

    /// <summary>The name of the prompt that Sentence Transformers puts before texts of no stated use; null for none.</summary>
    public required string? DefaultPromptName { get; init; }

    /// <summary>How vectors of this model are compared, in Sentence Transformers' words; null if it does not say.</summary>
    public required SimilarityFunction? SimilarityFunction { get; init; }

    /// <summary>Which of its kinds of model Sentence Transformers says that it is; null if it does not.</summary>
    public required string? ModelType { get; init; }

    /// <summary>The dimensions that Sentence Transformers would cut vectors to; null for none.</summary>
    public required int? TruncatedDimensions { get; init; }

    /// <summary>The licence that the folder states; null if none.</summary>
    public string? License => ModelLicense.Read(Path);

    /// <summary>
    /// What is put before a text, as Sentence Transformers' <c>encode_query</c> and <c>encode_document</c> do it: a given prompt, else the
    /// prompt of a given name, else that named for the text's use, else nothing.
    /// </summary>
    /// <remarks>
    /// There a model has a <c>query</c> and a <c>document</c> prompt in any case, empty unless the folder says otherwise. So prompts called
    /// <c>passage</c> or <c>corpus</c>, and the default prompt, are never taken for a document or a query.
    /// </remarks>
    /// <exception cref="ArgumentException">The model has no prompt of the given name.</exception>
    public string PromptFor(EmbeddingInputType inputType, string? prompt = null, string? promptName = null)
    {
        if (prompt is not null)
        {
            return prompt;
        }

        if (promptName is not null)
        {
            return Prompts.GetValueOrDefault(promptName) ?? (promptName is Query or Document ? "" : null) ?? throw NoPrompt(promptName);
        }

        return Prompts.GetValueOrDefault(inputType == EmbeddingInputType.Query ? Query : Document) ?? "";
    }

    /// <exception cref="SpladeModelException">There is no such folder, or a file in it is wrong.</exception>
    public static ModelFolder Read(string given)
    {
        string folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(given));
        if (!Directory.Exists(folder))
        {
            throw HubErrors.NoFolder(given, folder);
        }

        JsonElement? config = JsonFile.ReadIfExists(System.IO.Path.Combine(folder, "config_sentence_transformers.json"));
        return new ModelFolder(folder)
        {
            Modules = ModelModule.ReadAll(folder),
            Prompts = ReadPrompts(config),
            DefaultPromptName = config?.Text("default_prompt_name"),
            SimilarityFunction = ReadSimilarity(config?.Text("similarity_fn_name"), folder),
            ModelType = config?.Text("model_type"),
            TruncatedDimensions = config?.Number("truncate_dim"),
        };
    }

    /// <summary>The prompts in words, for a person to read: those that no text gets by its use are told apart.</summary>
    public string DescribePrompts() => Prompts.Values.All(p => p.Length == 0)
        ? "none"
        : string.Join(", ", Prompts.Select(p => $"{p.Key}: '{p.Value}'{(p.Key is Query or Document ? "" : " (only by name)")}"));

    /// <summary>Refuses a model that Sentence Transformers says is of another kind.</summary>
    /// <exception cref="SpladeModelException">It does.</exception>
    public void RequireModelType(string expected)
    {
        if (ModelType is not null && ModelType != expected)
        {
            throw new SpladeModelException(
                $"'model_type' is {ModelType}, expected {expected}. The folder holds {ForeignLayout.ByModelType(ModelType) ?? "a model of the other kind"}.",
                System.IO.Path.Combine(Path, "config_sentence_transformers.json"));
        }
    }

    private ArgumentException NoPrompt(string promptName) => new(
        Prompts.Count == 0
            ? $"'{Name}' has no prompts, so none is called '{promptName}'. Give the prompt itself, or none."
            : $"'{Name}' has no prompt '{promptName}', only [{string.Join(", ", Prompts.Keys.Order(StringComparer.Ordinal))}]. "
                + "Name one of these, or give the prompt itself.",
        nameof(promptName));

    // Sentence Transformers' names, and what it refuses too.
    private static SimilarityFunction? ReadSimilarity(string? name, string folder) => name switch
    {
        null => null,
        "dot" => AI.SimilarityFunction.Dot,
        "cosine" => AI.SimilarityFunction.Cosine,
        "euclidean" => AI.SimilarityFunction.Euclidean,
        "manhattan" => AI.SimilarityFunction.Manhattan,
        _ => throw new SpladeModelException(
            $"Found the 'similarity_fn_name' '{name}', expected dot, cosine, euclidean or manhattan.",
            System.IO.Path.Combine(folder, "config_sentence_transformers.json")),
    };

    private static FrozenDictionary<string, string> ReadPrompts(JsonElement? config)
    {
        IEnumerable<JsonProperty> named = config?.Member("prompts", JsonValueKind.Object) is JsonElement found ? found.EnumerateObject() : [];
        return named
            .Where(p => p.Value.ValueKind == JsonValueKind.String)
            .GroupBy(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Key, p => p.Last(), StringComparer.Ordinal);
    }
}
