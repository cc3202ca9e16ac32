using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Describes the model that dense vectors come from. What is null is not known, and is not compared.</summary>
/// <remarks>Immutable. Serialises with <see cref="SpladeJsonUtilities.DefaultOptions"/>. Two are equal if all of their properties are.</remarks>
public sealed record DenseModelIdentity
{
    /// <summary>Gets the name of the model.</summary>
    public string? ModelName { get; init; }

    /// <summary>
    /// Gets a hash (SHA-256, in lower-case hexadecimal digits) over the contents of the model's files and over its pooling and prompts, as
    /// <see cref="DenseEmbeddingGenerator"/> gives it. Where both sides have one, names are not compared.
    /// </summary>
    public string? ModelHash { get; init; }

    /// <summary>Gets the size of the vectors.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Gets what a generator says of itself by its <see cref="EmbeddingGeneratorMetadata"/>; null if it says nothing.</summary>
    /// <param name="generator">The generator.</param>
    /// <returns>The identity.</returns>
    public static DenseModelIdentity? Of(IEmbeddingGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        var identity = new DenseModelIdentity
        {
            ModelName = metadata?.DefaultModelId,
            ModelHash = (generator.GetService(typeof(ModelFingerprint)) as ModelFingerprint)?.Value,
            Dimensions = metadata?.DefaultModelDimensions,
        };
        return identity == new DenseModelIdentity() ? null : identity;
    }

    /// <summary>Determines in which ways vectors of this model are others than those of another.</summary>
    /// <param name="other">The other.</param>
    /// <returns>One text for each difference; none if they may be compared.</returns>
    public IReadOnlyList<string> DifferencesFrom(DenseModelIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var found = new List<string>();
        bool known = ModelHash is not null && other.ModelHash is not null, named = ModelName is not null && other.ModelName is not null;
        if (known ? ModelHash != other.ModelHash : named && ModelName != other.ModelName)
        {
            found.Add(ModelName == other.ModelName
                ? $"model has another hash than that of the same name, '{ModelName}': its files, pooling or prompts are others"
                : $"model is '{ModelName}' instead of '{other.ModelName}'");
        }

        if (Dimensions is int here && other.Dimensions is int there && here != there)
        {
            found.Add($"dimensions are {here} instead of {there}");
        }

        return found;
    }
}
