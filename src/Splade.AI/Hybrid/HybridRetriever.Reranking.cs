namespace Splade.AI.Hybrid;

/// <content>Reading the best hits once more, together with the query.</content>
public sealed partial class HybridRetriever
{
    /// <summary>Gets what orders the best hits of a search anew; not disposed by the retriever.</summary>
    /// <remarks>
    /// It reads as many as <see cref="HybridRetrievalOptions.RerankCandidates"/> says; hits tell its score in <see cref="HybridHit.Rerank"/>. What it throws
    /// the search throws, and an <see cref="InvalidOperationException"/> where it does not return one result for each text.
    /// </remarks>
    /// <value>The default is null: hits stay in the order of the search.</value>
    public IReranker? Reranker { get; init; }

    private int CountReranked(EncodedQuery query, HybridRetrievalOptions options)
    {
        int count = Reranker is null ? 0 : options.RerankCandidates;
        return count == 0 || query.Text is not null ? count : throw new ArgumentException(
            $"The query has no {nameof(EncodedQuery.Text)}, which the reranker reads. Set it, or {nameof(HybridRetrievalOptions.RerankCandidates)} to 0.",
            nameof(query));
    }

    private async Task<IReadOnlyList<HybridHit>> RerankAsync(
        EncodedQuery query, HybridRetrievalOptions options, Task<IReadOnlyList<HybridHit>> search, CancellationToken cancellationToken)
    {
        // Options may be changed once the search has begun.
        (int count, int top) = (CountReranked(query, options), options.Top);
        IReadOnlyList<HybridHit> hits = await search.ConfigureAwait(false);
        if (count == 0)
        {
            return hits;
        }

        string[] texts = [.. hits.Take(count).Select(hit => hit.Record.Text)];
        IReadOnlyList<RerankResult> results = await Reranker!.RerankAsync(query.Text!, texts, options: null, cancellationToken).ConfigureAwait(false);
        if (!results.Select(result => result.Index).Order().SequenceEqual(Enumerable.Range(0, texts.Length)))
        {
            throw new InvalidOperationException(
                $"{Reranker.GetType()} returned {results.Count} results for {texts.Length} texts, expected one for each. Correct it.");
        }

        IEnumerable<HybridHit> ordered = results.Select(result => hits[result.Index] with { Rerank = result }).Concat(hits.Skip(texts.Length));
        return [.. ordered.Take(top).Select((hit, i) => hit with { Rank = i + 1 })];
    }
}
