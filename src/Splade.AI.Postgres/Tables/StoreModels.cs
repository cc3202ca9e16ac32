using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splade.AI.Hybrid;

namespace Splade.AI.Postgres.Tables;

/// <summary>Which models the vectors of a table come from.</summary>
internal static class StoreModels
{
    private static readonly JsonTypeInfo<HybridModels> Json = (JsonTypeInfo<HybridModels>)SpladeJsonUtilities.CompactOptions.GetTypeInfo(typeof(HybridModels));

    public static string? ToJson(HybridModels? models) => models is null ? null : JsonSerializer.Serialize(models, Json);

    public static HybridModels? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Json);

    /// <summary>What a table remembers after records of some models were put in.</summary>
    /// <param name="stored">What it remembered; null if it has had no records.</param>
    /// <param name="isEmpty">Whether it has no records now.</param>
    /// <param name="opened">The models that the store was opened for.</param>
    /// <param name="models">The models of the records; null for not known.</param>
    /// <param name="parameter">What exceptions call the models.</param>
    /// <exception cref="ArgumentException">They differ from those that are there.</exception>
    public static HybridModels Remember(HybridModels? stored, bool isEmpty, HybridModels opened, HybridModels? models, string parameter)
    {
        if (isEmpty || stored is null)
        {
            opened.RequireSame(models ?? HybridModels.None, parameter);
            return opened.With(models);
        }

        stored.With(opened).RequireSame(models ?? HybridModels.None, parameter);

        // Of records that came without models nothing is known later.
        return stored.Equals(HybridModels.None) ? stored : stored.With(models);
    }

    /// <summary>Whether a table that remembers some models learns nothing more of records of others. The same arguments as of <see cref="Remember"/>.</summary>
    public static bool Knows(HybridModels? stored, bool isEmpty, HybridModels opened, HybridModels? models)
    {
        HybridModels wanted = isEmpty ? opened.With(models) : models ?? HybridModels.None;
        return stored is not null && (isEmpty ? opened : stored.With(opened)).DifferencesFrom(models ?? HybridModels.None).Count == 0
            && stored.DifferencesFrom(wanted).Count == 0
            && (isEmpty ? HasAll(stored, wanted) && HasAll(wanted, stored) : stored.Equals(HybridModels.None) || HasAll(stored, wanted));
    }

    private static bool HasAll(HybridModels models, HybridModels wanted) =>
        wanted.Sparse.All(other => models.Sparse.TryGetValue(other.Key, out SparseModelIdentity? model) && (model.ModelHash ?? other.Value.ModelHash) == model.ModelHash)
        && wanted.Dense.All(other => models.Dense.TryGetValue(other.Key, out DenseModelIdentity? model)
            && (model.ModelName is null || (model.ModelHash ?? other.Value.ModelHash) == model.ModelHash));
}
