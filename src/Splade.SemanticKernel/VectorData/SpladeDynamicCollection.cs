using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.VectorData;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Represents a collection whose records are dictionaries, by a definition of their properties.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is what the base class is called.")]
public sealed class SpladeDynamicCollection : SpladeCollection<object, Dictionary<string, object?>>
{
    /// <summary>Initializes a new instance of the <see cref="SpladeDynamicCollection"/> class in a storage. It need not be there yet.</summary>
    /// <param name="storage">The storage, which is not disposed of with the collection.</param>
    /// <param name="name">The name of the collection, any that is not empty.</param>
    /// <param name="options">How it works, with a <see cref="VectorStoreCollectionOptions.Definition"/>.</param>
    /// <exception cref="ArgumentException">The name is empty, or there is no definition.</exception>
    /// <exception cref="InvalidOperationException">The properties do not fit together, such as a full-text property without a generator.</exception>
    /// <exception cref="NotSupportedException">A property has a type, or a vector a distance function, that the store does not have.</exception>
    public SpladeDynamicCollection(SpladeVectorStorage storage, string name, SpladeCollectionOptions options)
        : base(storage, name, options, static (builder, own) => builder.BuildDynamic(
            own.Definition ?? throw new ArgumentException("There is no definition of the records, and dictionaries have none themselves.", nameof(options)),
            own.Definition.EmbeddingGenerator ?? own.EmbeddingGenerator))
    {
    }
}
