using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Reads what a collection's records consist of, from their attributes or a definition.</summary>
internal sealed class SpladeModelBuilder() : CollectionModelBuilder(new CollectionModelBuildingOptions
{
    RequiresAtLeastOneVector = false,
    SupportsMultipleVectors = true,
})
{
    public const string SupportedVectorTypes = "ReadOnlyMemory<float>, Embedding<float>, float[], SparseEmbedding";

    /// <inheritdoc/>
    /// <remarks>Sparse first: a generator that makes both is asked for the sparse one, unless the property says otherwise.</remarks>
    protected override IReadOnlyList<EmbeddingGenerationDispatcher> EmbeddingGenerationDispatchers { get; } =
    [
        EmbeddingGenerationDispatcher.Create<SparseEmbedding>(),
        EmbeddingGenerationDispatcher.Create<Embedding<float>>(),
    ];

    protected override void ValidateKeyProperty(KeyPropertyModel keyProperty)
    {
        base.ValidateKeyProperty(keyProperty);
        if (!CollectionKey.IsSupported(keyProperty.Type))
        {
            throw new NotSupportedException($"Found a key of type {keyProperty.Type.Name}, expected one of {CollectionKey.SupportedTypes}.");
        }
    }

    protected override bool IsDataPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = DataValues.IsSupported(type) ? null : DataValues.SupportedTypes;
        return supportedTypes is null;
    }

    protected override bool IsVectorPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = type == typeof(ReadOnlyMemory<float>) || type == typeof(ReadOnlyMemory<float>?) || type == typeof(Embedding<float>)
            || type == typeof(float[]) || type == typeof(SparseEmbedding) ? null : SupportedVectorTypes;
        return supportedTypes is null;
    }
}
