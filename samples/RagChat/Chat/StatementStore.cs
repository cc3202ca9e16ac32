using RagChat.Answering;
using RagChat.Documents;
using RagChat.Stores;
using Splade.AI.Hybrid;

namespace RagChat.Chat;

/// <summary>The vectors of the statements of all passages: nobody waits for their encoding when a question is answered.</summary>
/// <param name="store">Holds them and nothing else, each under what is encoded of it, so that none can be out of date.</param>
/// <param name="retriever">What encodes into it.</param>
internal sealed class StatementStore(IHybridStore store, HybridRetriever retriever)
{
    /// <summary>Encodes the statements that the store does not have, and takes out those that no passage has any more.</summary>
    /// <param name="passages">All passages.</param>
    /// <param name="areNew">Whether one of them is new, or gone, since the store was filled.</param>
    /// <param name="progress">Told after every batch, with the sums so far.</param>
    /// <param name="cancellationToken">Ends the work early. What was stored by then stays.</param>
    /// <returns>How many statements there are.</returns>
    public async Task<int> FillAsync(
        IEnumerable<Passage> passages, bool areNew, IProgress<HybridAddResult>? progress = null, CancellationToken cancellationToken = default)
    {
        HybridText[] texts = [.. TextsOf(passages).Select(text => new HybridText(text, text))];
        if (areNew || await store.CountAsync(cancellationToken: cancellationToken) != texts.Length)
        {
            await new FolderStore(store, retriever, nameof(RagChat)).FillAsync(texts, progress, cancellationToken);
        }

        return texts.Length;
    }

    /// <summary>The statements of some passages, as far as the store has them.</summary>
    public Task<IReadOnlyList<HybridRecord>> FindAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken = default) =>
        store.GetAsync(TextsOf(passages), HybridRecordParts.All, cancellationToken);

    private static IEnumerable<string> TextsOf(IEnumerable<Passage> passages) => passages
        .SelectMany(passage => Statement.Of(new QuotedPassage(passage.Citation, passage.Context, passage.Text)))
        .Select(statement => statement.TextToEncode)
        .Distinct(StringComparer.Ordinal);
}
