using RagChat.Documents;
using RagChat.Stores;
using Splade.AI.Hybrid;

namespace RagChat.Answering;

/// <summary>The passages of all articles, encoded and ready to be searched. Safe for concurrent use.</summary>
internal sealed class PassageLibrary
{
    private readonly HybridRetriever _retriever;
    private readonly Dictionary<string, Passage> _passages;

    private PassageLibrary(HybridRetriever retriever, Dictionary<string, Passage> passages, HybridAddResult added, long removed)
    {
        _retriever = retriever;
        _passages = passages;
        Added = added;
        Removed = removed;
    }

    public IReadOnlyCollection<Passage> Passages => _passages.Values;

    /// <summary>How many passages were encoded, and how many the store had already.</summary>
    public HybridAddResult Added { get; }

    /// <summary>How many passages the store had of articles, or of parts of them, that are gone.</summary>
    public long Removed { get; }

    /// <summary>How many encoded passages were longer than a model reads: their ends cannot be found. Only very long headings lead to it.</summary>
    public int Truncated => Math.Max(Added.SparseTruncated, Added.DenseTruncated);

    /// <summary>Splits the articles and encodes the passages that the retriever's store does not have.</summary>
    /// <exception cref="InvalidDataException">The store has records of others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; there is no library then.</exception>
    public static async Task<PassageLibrary> BuildAsync(
        IEnumerable<Article> articles,
        PassageSplitter splitter,
        IHybridStore store,
        HybridRetriever retriever,
        IProgress<HybridAddResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Dictionary<string, Passage> passages = splitter.Split(Observe(articles, cancellationToken)).ToDictionary(p => p.Id);
        HybridText[] texts = [.. passages.Values.Select(p => new HybridText(p.Id, p.TextToEncode))];
        (HybridAddResult added, long removed) = await new FolderStore(store, retriever, nameof(RagChat)).FillAsync(texts, progress, cancellationToken);
        return new PassageLibrary(retriever, passages, added, removed);
    }

    public async Task<Retrieval> SearchAsync(string question, SearchMode mode, int top, CancellationToken cancellationToken = default)
    {
        var options = new HybridRetrievalOptions { Mode = mode, Top = top };
        HybridSearchResult found = await _retriever.SearchAsync(question, options, cancellationToken);

        // Another process may have put in passages since.
        Source[] sources = [.. found.Hits.Where(hit => _passages.ContainsKey(hit.Record.Id)).Select(hit => new Source(_passages[hit.Record.Id], hit))];
        return new Retrieval(question, mode, sources, found.SparseQuery, found.QueryTruncated);
    }

    private static IEnumerable<Article> Observe(IEnumerable<Article> articles, CancellationToken cancellationToken)
    {
        foreach (Article article in articles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return article;
        }
    }
}
