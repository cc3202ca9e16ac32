namespace Splade.AI.DependencyInjection;

/// <summary>A reranker as a container gives it out: at once, and loaded by the first who needs it.</summary>
/// <remarks>Safe for concurrent use. The container owns the model behind it.</remarks>
internal sealed class LazyReranker<TReranker>(OwnedLoad<TReranker> model) : IReranker
    where TReranker : class, IReranker
{
    public async Task<IReadOnlyList<RerankResult>> RerankAsync(
        string query, IReadOnlyList<string> texts, RerankOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(texts);
        TReranker reranker = await model.GetAsync(cancellationToken).ConfigureAwait(false);
        return await reranker.RerankAsync(query, texts, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>This object, or what the reranker behind it gives; that is loaded for it, while the caller waits.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : model.Get().GetService(serviceType, serviceKey);
    }

    public void Dispose()
    {
        // The container disposes of the model by itself.
    }
}
