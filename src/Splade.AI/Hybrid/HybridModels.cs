using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Describes which models the vectors of a store come from. What is null is not known, and is not compared.</summary>
/// <remarks>Immutable. Serialises with <see cref="SpladeJsonUtilities.DefaultOptions"/>. Two are equal if all of their properties are.</remarks>
public sealed record HybridModels
{
    /// <summary>Gets the sparse model.</summary>
    public SparseModelIdentity? Sparse { get; init; }

    /// <summary>Gets the name of the dense model.</summary>
    public string? Dense { get; init; }

    /// <summary>
    /// Gets a hash (SHA-256, in lower-case hexadecimal digits) over the contents of the dense model's files and over its pooling and prompts, as
    /// <see cref="DenseEmbeddingGenerator"/> gives it; <see langword="null"/> if it is not known. Where it is, the model's name is not compared.
    /// </summary>
    public string? DenseHash { get; init; }

    /// <summary>Gets the size of the dense model's vectors.</summary>
    public int? DenseDimensions { get; init; }

    /// <summary>Gets what two generators say of themselves: a <see cref="SparseModelIdentity"/>, and an <see cref="EmbeddingGeneratorMetadata"/>.</summary>
    /// <param name="sparse">The sparse generator; null if there is none.</param>
    /// <param name="dense">The dense generator; null if there is none.</param>
    public static HybridModels Of(IEmbeddingGenerator<string, SparseEmbedding>? sparse, IEmbeddingGenerator<string, Embedding<float>>? dense)
    {
        var metadata = dense?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        return new HybridModels
        {
            Sparse = sparse?.GetService(typeof(SparseModelIdentity)) as SparseModelIdentity,
            Dense = metadata?.DefaultModelId,
            DenseHash = (dense?.GetService(typeof(ModelFingerprint)) as ModelFingerprint)?.Value,
            DenseDimensions = metadata?.DefaultModelDimensions,
        };
    }

    /// <summary>In which ways vectors of these models are others than those of other models, in words; nothing if they may be compared.</summary>
    /// <param name="other">The other models.</param>
    /// <returns>One text for each difference, such as <c>the dense model is 'a' instead of 'b'</c>: what is here, then what is in the other.</returns>
    /// <remarks>Of the sparse model all counts that documents depend on, so rules of a policy that are for queries only do not.</remarks>
    public IReadOnlyList<string> DifferencesFrom(HybridModels other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var found = new List<string>();
        if (Sparse is not null && other.Sparse is not null)
        {
            found.AddRange(Sparse.DifferencesFrom(other.Sparse, EmbeddingInputType.Document).Select(difference => $"of the sparse model, {difference}"));
        }

        bool known = DenseHash is not null && other.DenseHash is not null, named = Dense is not null && other.Dense is not null;
        if (known ? DenseHash != other.DenseHash : named && Dense != other.Dense)
        {
            found.Add(Dense == other.Dense
                ? $"the dense model has another hash than that of the same name, '{Dense}': its files, pooling or prompts are others"
                : $"the dense model is '{Dense}' instead of '{other.Dense}'");
        }

        if (DenseDimensions is int here && other.DenseDimensions is int there && here != there)
        {
            found.Add($"the dense dimensions are {here} instead of {there}");
        }

        return found;
    }

    /// <summary>These models, with the hashes of others, which are the same, where their own are not known: folders of before have none.</summary>
    internal HybridModels WithHashesOf(HybridModels? others) => others is null ? this : this with
    {
        Sparse = Sparse is { ModelHash: null } ? Sparse with { ModelHash = others.Sparse?.ModelHash } : Sparse,
        DenseHash = DenseHash ?? (Dense is null ? null : others.DenseHash),
    };

    /// <exception cref="ArgumentException">Vectors of these models, which a store has, cannot be compared with those of others.</exception>
    internal void RequireSame(HybridModels others, string parameter)
    {
        if (!Equals(others) && DifferencesFrom(others) is { Count: > 0 } differences)
        {
            throw new ArgumentException(
                $"The vectors of the store come from other models: {string.Join("; ", differences)}. "
                + "Use the models of the store, or take its records out and add their texts again.",
                parameter);
        }
    }
}
