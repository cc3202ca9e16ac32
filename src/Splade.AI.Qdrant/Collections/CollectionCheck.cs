using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Collections;

/// <summary>Whether a collection that is there is the one that was asked for.</summary>
internal static class CollectionCheck
{
    /// <summary>Compares a collection with the options.</summary>
    /// <param name="info">What the server says of it.</param>
    /// <param name="options">What was asked for.</param>
    /// <returns>What its metadata says, with the vectors in the order of the options.</returns>
    /// <exception cref="FormatException">It is another; the message says in which ways.</exception>
    public static CollectionMetadata Require(CollectionInfo info, QdrantHybridStoreOptions options)
    {
        CollectionMetadata known = CollectionMetadata.Read(info.Config?.Metadata);
        string[] differences =
        [
            .. known.Schema.DifferencesFrom(options.Schema),
            .. known.Models.DifferencesFrom(options.Schema.Models),
            .. TenantDifferences(known.HasTenants, options.Tenant),
            .. known.Schema.Vectors.SelectMany(field => ConfigDifferences(field, info.Config!.Params, known.Models)),
        ];
        if (differences.Length > 0)
        {
            throw new FormatException(
                $"it is another than was asked for: {string.Join("; ", differences)}. Open it as it is ({known.Schema}), or choose another name.");
        }

        return known with
        {
            Schema = new HybridSchema(options.Schema.Vectors.Select(vector => known.Schema.Find(vector.Name)!)) { Models = options.Schema.Models },
        };
    }

    /// <summary>The sparse vectors whose queries the server multiplies by the inverse document frequency.</summary>
    public static IReadOnlySet<string> WithIdf(CollectionInfo info) => info.Config.Params.SparseVectorsConfig?.Map
        .Where(vector => vector.Value.Modifier == Modifier.Idf).Select(vector => vector.Key).ToHashSet(StringComparer.Ordinal) ?? [];

    /// <summary>Whether every read sees what was written before it.</summary>
    public static bool ReadsItsWrites(CollectionInfo info, QdrantHybridStoreOptions options)
    {
        CollectionParams config = info.Config.Params;
        return config.ReplicationFactor <= 1 || config.WriteConsistencyFactor >= config.ReplicationFactor || options.ReadConsistency is not null;
    }

    private static IEnumerable<string> TenantDifferences(bool hasTenants, string? tenant)
    {
        if (hasTenants != (tenant is not null))
        {
            yield return hasTenants ? "its records have tenants, and the options name none" : "its records have no tenants, and the options name one";
        }
    }

    private static IEnumerable<string> ConfigDifferences(VectorField field, CollectionParams config, HybridModels models)
    {
        if (field.Kind == VectorKind.Sparse)
        {
            SparseVectorParams? sparse = config.SparseVectorsConfig?.Map.GetValueOrDefault(field.Name);
            if (sparse is null)
            {
                yield return $"it has no sparse vector '{field.Name}'";
            }
            else if (sparse.Modifier == Modifier.Idf != CollectionCreation.IsIdfRequired(models, field.Name))
            {
                yield return $"the modifier of the sparse vector '{field.Name}' is {sparse.Modifier}";
            }
        }
        else if (config.VectorsConfig?.ParamsMap?.Map.GetValueOrDefault(field.Name) is not { } dense)
        {
            yield return $"it has no dense vector '{field.Name}'";
        }
        else if (dense.Size != (ulong)field.Dimensions! || dense.Distance != Distance.Dot)
        {
            yield return $"the dense vector '{field.Name}' has {dense.Size} dimensions and the distance {dense.Distance} "
                + $"instead of {field.Dimensions} and {Distance.Dot}";
        }
    }
}
