using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Reads what a collection's records consist of, from their attributes or a definition.</summary>
/// <param name="sparse">Makes the vectors of properties that ask for sparse ones and have no generator that does; null for none.</param>
internal sealed class SpladeModelBuilder(IEmbeddingGenerator<string, SparseEmbedding>? sparse = null) : CollectionModelBuilder(new CollectionModelBuildingOptions
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

    protected override void ProcessProperty(PropertyInfo? clrProperty, VectorStoreProperty? definitionProperty)
    {
        base.ProcessProperty(clrProperty, definitionProperty);
        if (sparse is not null && definitionProperty is VectorStoreVectorProperty { EmbeddingGenerator: null } asked
            && asked.EmbeddingType == typeof(SparseEmbedding) && VectorProperties[^1] is { EmbeddingGenerationDispatcher: null } property
            && property.Type != typeof(SparseEmbedding))
        {
            EmbeddingGenerationDispatcher dispatcher = EmbeddingGenerationDispatchers.First(item => item.EmbeddingType == typeof(SparseEmbedding));
            property.EmbeddingGenerator = sparse;
            property.EmbeddingType = dispatcher.ResolveEmbeddingType(property, sparse, asked.EmbeddingType);
            property.EmbeddingGenerationDispatcher = dispatcher;
        }
    }

    protected override void ValidateProperty(PropertyModel propertyModel, VectorStoreCollectionDefinition? definition)
    {
        if (propertyModel is VectorPropertyModel { EmbeddingGenerationDispatcher: null, EmbeddingGenerator: var generator }
            && !IsVectorPropertyTypeValid(propertyModel.Type, out _))
        {
            bool isSparse = definition?.Properties.FirstOrDefault(property => property.Name == propertyModel.ModelName)
                is VectorStoreVectorProperty { EmbeddingType: Type asked } && asked == typeof(SparseEmbedding);
            if (generator is null || (isSparse && sparse is null))
            {
                string option = isSparse ? nameof(SpladeCollectionOptions.SparseEmbeddingGenerator) : nameof(SpladeCollectionOptions.EmbeddingGenerator);
                throw new InvalidOperationException(
                    $"Property '{propertyModel.ModelName}' of type {propertyModel.Type.Name} is to become a {(isSparse ? "sparse" : "dense")} vector, "
                    + $"and nothing makes one of it. Set {option} in the options, or a generator of the property's own in the definition"
                    + (isSparse ? "." : $", or say there that its {nameof(VectorStoreVectorProperty.EmbeddingType)} is {nameof(SparseEmbedding)}."));
            }
        }

        base.ValidateProperty(propertyModel, definition);
    }

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
