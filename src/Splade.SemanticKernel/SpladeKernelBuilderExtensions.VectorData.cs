using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Splade.SemanticKernel.VectorData;

namespace Microsoft.SemanticKernel;

/// <content>Vector stores and collections.</content>
public static partial class SpladeKernelBuilderExtensions
{
    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladeVectorStore"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="folder">
    /// The folder of the collections; null for the <see cref="SpladeVectorStorage"/> of the container: that under the key, else that without one, or
    /// else memory.
    /// </param>
    /// <param name="options">What collections work with; null for the defaults.</param>
    /// <param name="lifetime">How long a store lives. The default is as long as the container; the collections do in any case.</param>
    /// <param name="serviceKey">The key of the store, and of its generators where they have it, else those without a key are taken; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddSpladeVectorStore(
        this IKernelBuilder builder,
        string? folder = null,
        SpladeVectorStoreOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton,
        object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeVectorStore(folder, options, lifetime, serviceKey);
        return builder;
    }

    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladeCollection{TKey, TRecord}"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="name">The name of the collection.</param>
    /// <param name="folder">
    /// The folder of the collections; null for the <see cref="SpladeVectorStorage"/> of the container: that under the key, else that without one, or
    /// else memory.
    /// </param>
    /// <param name="options">How the collection works; null for the defaults.</param>
    /// <param name="lifetime">How long the object lives. The default is as long as the container; what is in the collection does in any case.</param>
    /// <param name="serviceKey">The key of the collection, and of its generators where they have it, else those without a key are taken; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    [RequiresUnreferencedCode("The properties of the records are found by reflection. Use GetDynamicCollection of a SpladeVectorStore instead.")]
    [RequiresDynamicCode("The properties of the records are found by reflection. Use GetDynamicCollection of a SpladeVectorStore instead.")]
    public static IKernelBuilder AddSpladeCollection<TKey, TRecord>(
        this IKernelBuilder builder,
        string name,
        string? folder = null,
        SpladeCollectionOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton,
        object? serviceKey = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeCollection<TKey, TRecord>(name, folder, options, lifetime, serviceKey);
        return builder;
    }
}
