using RagChat.Documents;
using Splade.AI.Hybrid;

namespace RagChat.Answering;

/// <summary>The passages of all articles, encoded and ready to be searched. Safe for concurrent use.</summary>
internal sealed class PassageLibrary
{
    /// <summary>Small enough for a progress bar that moves, large enough for the models to work on several texts at once.</summary>
    private const int BatchSize = 16;

    private readonly HybridRetriever _retriever;
    private readonly Dictionary<string, Passage> _passages;

    private PassageLibrary(HybridRetriever retriever, Dictionary<string, Passage> passages, int truncated)
    {
        _retriever = retriever;
        _passages = passages;
        Truncated = truncated;
    }

    public IReadOnlyCollection<Passage> Passages => _passages.Values;

    /// <summary>How many passages were longer than a model reads: their ends cannot be found. Only very long headings lead to it.</summary>
    public int Truncated { get; }

    /// <summary>Splits the articles and encodes their passages into the retriever's store.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; there is no library then.</exception>
    public static async Task<PassageLibrary> BuildAsync(
        IEnumerable<Article> articles,
        PassageSplitter splitter,
        HybridRetriever retriever,
        IProgress<HybridAddResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Passage[] passages = [.. splitter.Split(Observe(articles, cancellationToken))];
        int done = 0;
        int truncated = 0;
        foreach (Passage[] batch in passages.Chunk(BatchSize))
        {
            IEnumerable<HybridText> texts = batch.Select(p => new HybridText(p.Id, p.TextToEncode));
            HybridAddResult added = await retriever.AddAsync(texts, cancellationToken: cancellationToken);
            truncated += Math.Max(added.SparseTruncated, added.DenseTruncated);
            done += batch.Length;
            progress?.Report(added with { Added = done, Total = passages.Length });
        }

        return new PassageLibrary(retriever, passages.ToDictionary(p => p.Id), truncated);
    }

    public async Task<Retrieval> SearchAsync(string question, SearchMode mode, int top, CancellationToken cancellationToken = default)
    {
        var options = new HybridRetrievalOptions { Mode = mode, Top = top };
        HybridSearchResult found = await _retriever.SearchAsync(question, options, cancellationToken);
        Source[] sources = [.. found.Hits.Select(hit => new Source(_passages[hit.Record.Id], hit))];
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
