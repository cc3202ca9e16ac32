using System.Collections.Frozen;
using System.Text.Json;
using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.ModelFiles;

/// <summary>The top of a model folder: its modules, and what Sentence Transformers says of the whole.</summary>
internal sealed record ModelFolder
{
    private ModelFolder(string path) => Path = path;

    public string Path { get; }

    // A snapshot's folder in the cache is named by its commit, which says nothing to anybody.
    public string Name => ModelName.OfSnapshot(Path) ?? System.IO.Path.GetFileName(Path);

    /// <summary>The modules; null where the folder holds a bare transformer without <c>modules.json</c>.</summary>
    public required IReadOnlyList<ModelModule>? Modules { get; init; }

    /// <summary>What is put before a text, by the name of its use.</summary>
    public required IReadOnlyDictionary<string, string> Prompts { get; init; }

    /// <summary>The name of the prompt that a text gets where its use has none; null for no prompt.</summary>
    public required string? DefaultPromptName { get; init; }

    /// <summary>How vectors of this model are compared, in Sentence Transformers' words; null if it does not say.</summary>
    public required string? SimilarityFunction { get; init; }

    /// <summary>The licence that the folder states; null if none.</summary>
    public string? License => ModelLicense.Read(Path);

    /// <summary>
    /// What is put before a text, in Sentence Transformers' order: a given prompt, else the prompt of a given name, else that of the
    /// text's use (<c>query</c>; <c>document</c>, <c>passage</c> or <c>corpus</c>), else the model's default prompt, else nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The model has no prompt of the given name.</exception>
    public string PromptFor(SpladeInputType inputType, string? prompt = null, string? promptName = null)
    {
        if (prompt is not null)
        {
            return prompt;
        }

        if (promptName is not null)
        {
            return Prompts.GetValueOrDefault(promptName) ?? throw NoPrompt(promptName);
        }

        IEnumerable<string> names = inputType == SpladeInputType.Query ? ["query"] : ["document", "passage", "corpus"];
        return names.Append(DefaultPromptName ?? "").Select(name => Prompts.GetValueOrDefault(name)).FirstOrDefault(p => p is not null) ?? "";
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
            SimilarityFunction = config?.Text("similarity_fn_name"),
        };
    }

    private ArgumentException NoPrompt(string promptName) => new(
        Prompts.Count == 0
            ? $"'{Name}' has no prompts, so none is called '{promptName}'. Give the prompt itself, or none."
            : $"'{Name}' has no prompt '{promptName}', only [{string.Join(", ", Prompts.Keys.Order(StringComparer.Ordinal))}]. "
                + "Name one of these, or give the prompt itself.",
        nameof(promptName));

    private static FrozenDictionary<string, string> ReadPrompts(JsonElement? config)
    {
        IEnumerable<JsonProperty> named = config?.Member("prompts", JsonValueKind.Object) is JsonElement found ? found.EnumerateObject() : [];
        return named
            .Where(p => p.Value.ValueKind == JsonValueKind.String)
            .GroupBy(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Key, p => p.Last(), StringComparer.Ordinal);
    }
}
