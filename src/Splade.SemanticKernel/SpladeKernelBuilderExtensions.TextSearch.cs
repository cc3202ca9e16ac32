using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.TextSearch;

namespace Microsoft.SemanticKernel;

/// <content>Text search.</content>
public static partial class SpladeKernelBuilderExtensions
{
    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladeTextSearch(IServiceCollection, SpladeTextSearchOptions?, object?)"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    /// <param name="serviceKey">The key of the search, and of the retriever if one has it, else that without a key is taken; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    [Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
    public static IKernelBuilder AddSpladeTextSearch(this IKernelBuilder builder, SpladeTextSearchOptions? options = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeTextSearch(options, serviceKey);
        return builder;
    }

    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladeTextSearch{TRecord}"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="map">Makes a record of a hit.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    /// <param name="serviceKey">The key of the search, and of the retriever if one has it, else that without a key is taken; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    [Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
    public static IKernelBuilder AddSpladeTextSearch<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IKernelBuilder builder, Func<HybridHit, TRecord> map, SpladeTextSearchOptions? options = null, object? serviceKey = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeTextSearch(map, options, serviceKey);
        return builder;
    }
}
