namespace Splade.AI;

/// <summary>Orders texts by how well they answer a query, reading each text together with the query.</summary>
/// <remarks>
/// Better than comparing vectors, and as much slower: the model runs once for each text of each query. So it reads what a search has found, some
/// tens of texts. Implementations are safe for concurrent use.
/// </remarks>
public interface IReranker : IDisposable
{
    /// <summary>Scores texts for a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="texts">The texts, in any order. None gives an empty result.</param>
    /// <param name="options">How many results are wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The results, best first; texts of equal logits in the order they were given in.</returns>
    /// <exception cref="ArgumentException">The query or a text is null.</exception>
    Task<IReadOnlyList<RerankResult>> RerankAsync(
        string query, IReadOnlyList<string> texts, RerankOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gets a service of the reranker or of one that it wraps, such as the reranker itself by its type.</summary>
    /// <param name="serviceType">The type of the service.</param>
    /// <param name="serviceKey">The key of the service; null for none.</param>
    /// <returns>The service; null if there is none.</returns>
    object? GetService(Type serviceType, object? serviceKey = null);
}
