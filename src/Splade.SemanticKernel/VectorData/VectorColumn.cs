using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.VectorData;

/// <summary>A property whose vectors are searched: a vector property, or a full-text property, of which SPLADE makes vectors.</summary>
/// <param name="property">The property.</param>
/// <param name="isSparse">Whether its vectors are sparse.</param>
/// <param name="index">Its place among the sparse or the dense columns of the table.</param>
/// <param name="generator">What makes vectors of other values; null if nothing does.</param>
internal sealed class VectorColumn(PropertyModel property, bool isSparse, int index, IEmbeddingGenerator? generator)
{
    private const string OrderOfSparse = DistanceFunction.DotProductSimilarity;

    private readonly Lazy<ColumnModel?> _model = new(() => ModelOf(isSparse, generator), LazyThreadSafetyMode.PublicationOnly);

    private int _dimensions;

    public PropertyModel Property { get; } = property;

    /// <summary>The vector property; null if it is a full-text property.</summary>
    public VectorPropertyModel? Vector => Property as VectorPropertyModel;

    public string Name => Property.StorageName;

    public bool IsSparse { get; } = isSparse;

    public int Index { get; } = index;

    public IEmbeddingGenerator? Generator { get; } = generator;

    /// <summary>Whether a generator makes the vectors of what the records hold, which is another value then.</summary>
    public bool IsGenerated => Vector is null || Vector.Type != Vector.EmbeddingType;

    /// <summary>The model of its generated vectors, in words; null if the generator does not say. It is loaded to be asked.</summary>
    public ColumnModel? Model => IsGenerated ? _model.Value : null;

    /// <summary>The size of its generator's vectors, once it is known. Safe for concurrent use: all that find it out find the same.</summary>
    public int? Dimensions
    {
        get => _dimensions == 0 ? null : _dimensions;
        set => _dimensions = value ?? 0;
    }

    /// <summary>Whether scores are distances: the lower, the better.</summary>
    private bool IsDistance => Vector?.DistanceFunction is DistanceFunction.CosineDistance or DistanceFunction.NegativeDotProductSimilarity;

    /// <summary>How dense vectors are compared.</summary>
    /// <exception cref="NotSupportedException">By a function that the store does not have.</exception>
    public SimilarityFunction Similarity => Vector?.DistanceFunction switch
    {
        null or DistanceFunction.CosineSimilarity or DistanceFunction.CosineDistance => SimilarityFunction.Cosine,
        DistanceFunction.DotProductSimilarity or DistanceFunction.NegativeDotProductSimilarity => SimilarityFunction.Dot,
        string other => throw new NotSupportedException(
            $"Found the distance function '{other}' of property '{Property.ModelName}', expected {DistanceFunction.CosineSimilarity} (the default), "
            + $"{DistanceFunction.CosineDistance}, {DistanceFunction.DotProductSimilarity} or {DistanceFunction.NegativeDotProductSimilarity}."),
    };

    // Older than the enumeration's name for it.
    private string NameInFolder => Similarity == SimilarityFunction.Dot ? "DotProduct" : $"{Similarity}";

    /// <summary>What a folder remembers of the column: with other vectors it is another collection.</summary>
    public string Description => IsSparse
        ? $"sparse {Name}{(Vector is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" of {Vector.Dimensions}"))}"
        : string.Create(CultureInfo.InvariantCulture, $"dense {Name} of {Vector!.Dimensions} by {NameInFolder}");

    /// <exception cref="NotSupportedException">The column is compared by a function that the store does not have.</exception>
    public void RequireKnownFunction()
    {
        if (!IsSparse)
        {
            _ = Similarity;
        }
        else if (Vector?.DistanceFunction is string other && other != OrderOfSparse)
        {
            throw new NotSupportedException(
                $"Found the distance function '{other}' of the sparse property '{Property.ModelName}', expected {OrderOfSparse}, which is also the default.");
        }
    }

    /// <summary>Whether queries have to be multiplied by the inverse document frequency: their generator requires it, or that of the records.</summary>
    /// <remarks>
    /// Where records hold vectors themselves nothing but the generator says what these are, and it is asked, and loaded for it, whether the query came as a
    /// text or as a vector: both are weighed alike.
    /// </remarks>
    /// <param name="space">What the records depend on.</param>
    /// <param name="isEncoded">Whether the generator made the query, so that it can be asked without being loaded for that.</param>
    public bool RequiresIdf(IReadOnlyDictionary<string, string> space, bool isEncoded) => IsSparse
        && (ColumnModel.IsIdfRequired(space, Name)
            || ((isEncoded || !IsGenerated) && Generator?.GetService(typeof(SparseModelIdentity)) is SparseModelIdentity { RequiresIdf: true }));

    private static ColumnModel? ModelOf(bool isSparse, IEmbeddingGenerator? generator)
    {
        if (isSparse)
        {
            return generator?.GetService(typeof(SparseModelIdentity)) is SparseModelIdentity sparse
                ? new ColumnModel(
                    Describe((sparse with { ModelHash = null }).ToEmbeddingSpace()),
                    sparse.ModelHash is null ? null : Describe(sparse.ToEmbeddingSpace(), "model"),
                    sparse.RequiresIdf)
                : null;
        }

        return generator is IEmbeddingGenerator<string, Embedding<float>> && DenseModelIdentity.Of(generator) is { ModelName: { } dense } model
            ? new ColumnModel(dense, model.ModelHash) : null;
    }

    private static string Describe(IReadOnlyDictionary<string, string> space, string? without = null) =>
        string.Join(", ", space.Where(item => item.Key != without).Select(item => $"{item.Key} {item.Value}"));

    /// <summary>Whether a score is as good as a threshold, if there is one.</summary>
    public bool Reaches(double score, double? threshold) => threshold is null || (IsDistance ? score <= threshold : score >= threshold);

    /// <summary>A similarity as the score that callers asked for.</summary>
    public double ToScore(float similarity) => Vector?.DistanceFunction switch
    {
        DistanceFunction.CosineDistance => 1 - (double)similarity,
        DistanceFunction.NegativeDotProductSimilarity => -(double)similarity,
        _ => similarity,
    };
}
