using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>What a table remembers of a store: the models of its vectors, and their names. Safe for concurrent use.</summary>
/// <param name="schema">The schema of the store.</param>
internal sealed class SchemaSpace(HybridSchema schema)
{
    private const string Models = "models";

    /// <summary>Where a table keeps its schema, but for that of one sparse and one dense vector of the names of before.</summary>
    private const string Vectors = "vectors";

    private static readonly JsonTypeInfo<HybridModels> Json = HybridJson.Written.HybridModels;

    /// <summary>The schema as tables keep it; null for that of the stores of before, which say only how dense vectors are compared.</summary>
    private readonly string? _vectors = IsOfBefore(schema) ? null : schema.ToString();

    private volatile KnownModels? _known;

    /// <summary>What a table has to know before it has vectors of some models: without any vectors they mean nothing.</summary>
    public IReadOnlyDictionary<string, string> Of(HybridModels models)
    {
        var space = new Dictionary<string, string>();
        if (!models.Equals(HybridModels.None))
        {
            space[Models] = JsonSerializer.Serialize(models, Json);
        }

        if (_vectors is not null)
        {
            space[Vectors] = _vectors;
        }

        return space;
    }

    /// <summary>The models that a table remembers. Those that were asked for last are at hand.</summary>
    public HybridModels ModelsOf(IReadOnlyDictionary<string, string> space)
    {
        KnownModels? known = _known;
        if (!ReferenceEquals(known?.Space, space))
        {
            HybridModels models = space.TryGetValue(Models, out string? json) ? JsonSerializer.Deserialize(json, Json)! : HybridModels.None;
            _known = known = new KnownModels(space, models);
        }

        return known!.Models;
    }

    /// <summary>Refuses a folder whose records have other vectors, before it is opened: a table of other columns could not say which names they have.</summary>
    /// <exception cref="SearchStorageException">They have; the message says which.</exception>
    public void RequireVectors(string folder)
    {
        string manifest = Path.Combine(folder, ManifestFile.Name);
        if (File.Exists(manifest) && ManifestFile.TryRead(manifest) is { } found && found.EmbeddingSpace.GetValueOrDefault(Vectors) is { } text
            && HybridSchema.Parse(text) is var known && known.DifferencesFrom(schema) is { Count: > 0 } differences)
        {
            throw new SearchStorageException(
                $"The records of the folder have other vectors: {string.Join("; ", differences)}. "
                + $"Open it with the schema '{known}', or fill another folder.",
                folder);
        }
    }

    /// <summary>Refuses an opened folder whose records come from other models or have vectors of other names; one without records takes the schema.</summary>
    /// <exception cref="SearchStorageException">They do; the message says which.</exception>
    public void RequireSame(RecordTable table, string folder)
    {
        if (table.Rows.Count == 0)
        {
            if (table.EmbeddingSpace.GetValueOrDefault(Vectors) != _vectors)
            {
                table.Remember(Of(schema.Models));
            }
        }
        else if (ModelsOf(table.EmbeddingSpace).DifferencesFrom(schema.Models) is { Count: > 0 } differences)
        {
            throw new SearchStorageException(
                $"The vectors of the folder come from other models: {string.Join("; ", differences)}. "
                + "Use the models of the folder, or fill another one.",
                folder);
        }
        else if (_vectors is not null && !table.EmbeddingSpace.ContainsKey(Vectors))
        {
            throw new SearchStorageException(
                $"The records of the folder have the vectors '{HybridSchema.SparseName}' and '{HybridSchema.DenseName}', expected '{schema}'. "
                + "Open it with these names, or fill another folder.",
                folder);
        }
    }

    private static bool IsOfBefore(HybridSchema schema) => schema.Vectors is [VectorField first, VectorField second]
        && first is { Name: HybridSchema.SparseName, Kind: VectorKind.Sparse, Dimensions: null }
        && second is { Name: HybridSchema.DenseName, Kind: VectorKind.Dense, Dimensions: null };

    private sealed record KnownModels(IReadOnlyDictionary<string, string> Space, HybridModels Models);
}
