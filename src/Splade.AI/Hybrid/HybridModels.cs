using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Describes which models the vectors of a store come from, by the names of the vectors. What is not in it is not known, and is not compared.</summary>
/// <remarks>Immutable. Serialises with <see cref="SpladeJsonUtilities.DefaultOptions"/>. Two are equal if all models in them are.</remarks>
[JsonConverter(typeof(HybridModelsConverter))]
public sealed record HybridModels
{
    /// <summary>Gets the models of vectors of which nothing is known.</summary>
    public static HybridModels None { get; } = new();

    /// <summary>Gets the models of sparse vectors, by the names of the vectors.</summary>
    public IReadOnlyDictionary<string, SparseModelIdentity> Sparse { get; init; } = ReadOnlyDictionary<string, SparseModelIdentity>.Empty;

    /// <summary>Gets the models of dense vectors, by the names of the vectors.</summary>
    public IReadOnlyDictionary<string, DenseModelIdentity> Dense { get; init; } = ReadOnlyDictionary<string, DenseModelIdentity>.Empty;

    /// <summary>Gets what two generators say of themselves, for the vectors of <see cref="HybridSchema.Default"/>.</summary>
    /// <param name="sparse">The sparse generator; null if there is none.</param>
    /// <param name="dense">The dense generator; null if there is none.</param>
    /// <returns>The models.</returns>
    public static HybridModels Of(IEmbeddingGenerator<string, SparseEmbedding>? sparse, IEmbeddingGenerator<string, Embedding<float>>? dense)
    {
        HybridLeg?[] legs =
            [sparse is null ? null : new HybridLeg(HybridSchema.SparseName, sparse), dense is null ? null : new HybridLeg(HybridSchema.DenseName, dense)];
        return Of(legs.OfType<HybridLeg>());
    }

    /// <summary>Gets two models, as those of the vectors of <see cref="HybridSchema.Default"/>.</summary>
    /// <param name="sparse">The sparse model; null if it is not known.</param>
    /// <param name="dense">The dense model; null if it is not known.</param>
    /// <returns>The models.</returns>
    public static HybridModels Of(SparseModelIdentity? sparse, DenseModelIdentity? dense) => new()
    {
        Sparse = sparse is null ? None.Sparse : new Dictionary<string, SparseModelIdentity> { [HybridSchema.SparseName] = sparse },
        Dense = dense is null ? None.Dense : new Dictionary<string, DenseModelIdentity> { [HybridSchema.DenseName] = dense },
    };

    /// <summary>Gets what the generators of legs say of themselves: a <see cref="SparseModelIdentity"/>, or an <see cref="EmbeddingGeneratorMetadata"/>.</summary>
    /// <param name="legs">The legs.</param>
    /// <returns>The models.</returns>
    public static HybridModels Of(IEnumerable<HybridLeg> legs)
    {
        ArgumentNullException.ThrowIfNull(legs);
        var sparse = new Dictionary<string, SparseModelIdentity>(StringComparer.Ordinal);
        var dense = new Dictionary<string, DenseModelIdentity>(StringComparer.Ordinal);
        foreach (HybridLeg leg in legs)
        {
            if (leg.Kind == VectorKind.Sparse && leg.Service<SparseModelIdentity>() is { } model)
            {
                sparse[leg.Name] = model;
            }
            else if (leg.Kind == VectorKind.Dense && DenseModelIdentity.Of(leg.Generator) is { } other)
            {
                dense[leg.Name] = other;
            }
        }

        return new HybridModels { Sparse = sparse, Dense = dense };
    }

    /// <summary>Determines in which ways vectors of these models are others than those of other models, in words.</summary>
    /// <param name="other">The other models.</param>
    /// <returns>
    /// One text for each difference, such as <c>the dense model is 'a' instead of 'b'</c>, with the name of the vector: what is here, then what is in
    /// the other. None if they may be compared.
    /// </returns>
    /// <remarks>Of a sparse model all counts that documents depend on, so rules of a policy that are for queries only do not.</remarks>
    public IReadOnlyList<string> DifferencesFrom(HybridModels other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            .. Sparse.Where(model => other.Sparse.ContainsKey(model.Key)).SelectMany(model => model.Value
                .DifferencesFrom(other.Sparse[model.Key], EmbeddingInputType.Document).Select(difference => $"of the {model.Key} model, {difference}")),
            .. Dense.Where(model => other.Dense.ContainsKey(model.Key)).SelectMany(model => model.Value
                .DifferencesFrom(other.Dense[model.Key]).Select(difference => $"the {model.Key} {difference}")),
        ];
    }

    /// <summary>Determines whether all models are the same.</summary>
    /// <param name="other">The other models.</param>
    /// <returns>True if they are.</returns>
    public bool Equals(HybridModels? other) => other is not null && AreEqual(Sparse, other.Sparse) && AreEqual(Dense, other.Dense);

    /// <inheritdoc/>
    public override int GetHashCode() => Sparse.Values.Aggregate(Dense.Count, (hash, model) => hash ^ model.GetHashCode());

    /// <summary>Joins these models, which a store has, with others that may be compared with them.</summary>
    /// <param name="others">The others; null for none.</param>
    /// <returns>These models and those of vectors that are not known here; and the hashes of the others, where these have none: what was kept before does not.</returns>
    public HybridModels With(HybridModels? others) => others is null || others.Equals(this) || others.Equals(None) ? this : new HybridModels
    {
        Sparse = Join(Sparse, others.Sparse, static (model, other) => model.ModelHash is null ? model with { ModelHash = other.ModelHash } : model),
        Dense = Join(Dense, others.Dense, static (model, other) => model.ModelHash is null && model.ModelName is not null
            ? model with { ModelHash = other.ModelHash } : model),
    };

    /// <summary>Refuses vectors that cannot be compared with those of these models, which a store has.</summary>
    /// <param name="others">The models of the vectors.</param>
    /// <param name="parameterName">What the exception calls them.</param>
    /// <exception cref="ArgumentException">They are others; the message says in which ways.</exception>
    public void RequireSame(HybridModels others, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (!Equals(others) && DifferencesFrom(others) is { Count: > 0 } differences)
        {
            throw new ArgumentException(
                $"The vectors of the store come from other models: {string.Join("; ", differences)}. "
                + "Use the models of the store, or take its records out and add their texts again.",
                parameterName ?? nameof(others));
        }
    }

    private static Dictionary<string, T> Join<T>(IReadOnlyDictionary<string, T> here, IReadOnlyDictionary<string, T> there, Func<T, T, T> both)
    {
        var all = new Dictionary<string, T>(there, StringComparer.Ordinal);
        foreach ((string name, T model) in here)
        {
            all[name] = there.TryGetValue(name, out T? other) ? both(model, other) : model;
        }

        return all;
    }

    private static bool AreEqual<T>(IReadOnlyDictionary<string, T> here, IReadOnlyDictionary<string, T> there)
        where T : class => here.Count == there.Count && here.All(model => there.TryGetValue(model.Key, out T? other) && model.Value.Equals(other));
}
