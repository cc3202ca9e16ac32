using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <content>Adding texts.</content>
public sealed partial class HybridRetriever
{
    /// <summary>Encodes texts and puts them into the store, 64 at a time: only so many are held in memory besides the store.</summary>
    /// <param name="texts">The texts. Of several with one id the last stays.</param>
    /// <param name="progress">Told after every 64 texts and at the end; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early. What was stored by then stays.</param>
    /// <remarks>
    /// A text that the store has under its id already, of the same models, is not encoded again; if its metadata is another, that is stored
    /// beside the vectors it has. So work that ended early is resumed by doing it again, and what is there is passed over. To have texts
    /// encoded anew, as after a change of a generator's limits, take them out of the store first.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// A text is null, or the store's vectors come from other models. The 64s of texts before it are stored.
    /// </exception>
    /// <exception cref="InvalidOperationException">A generator returned another number of embeddings than it was given texts.</exception>
    /// <exception cref="NotSupportedException">The sparse model requires the inverse document frequency, and the store does not supply it.</exception>
    public Task<HybridAddResult> AddAsync(
        IEnumerable<HybridText> texts, IProgress<HybridAddResult>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int? total = texts.TryGetNonEnumeratedCount(out int count) ? count : null;
        return AddWindowsAsync(texts.Chunk(HybridDefaults.Window).ToAsyncEnumerable(), total, progress, nameof(texts), cancellationToken);
    }

    /// <summary>The same for texts that come one after the other, as from files or a database.</summary>
    /// <inheritdoc cref="AddAsync(IEnumerable{HybridText}, IProgress{HybridAddResult}?, CancellationToken)"/>
    public Task<HybridAddResult> AddAsync(
        IAsyncEnumerable<HybridText> texts, IProgress<HybridAddResult>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return AddWindowsAsync(texts.Chunk(HybridDefaults.Window), total: null, progress, nameof(texts), cancellationToken);
    }

    private async Task<HybridAddResult> AddWindowsAsync(
        IAsyncEnumerable<HybridText[]> windows, int? total, IProgress<HybridAddResult>? progress, string parameter, CancellationToken cancellationToken)
    {
        var result = new HybridAddResult();
        await foreach (HybridText[] window in windows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Array.IndexOf(window, null) is int at and >= 0)
            {
                throw new ArgumentException($"The text at position {result.Added + result.Unchanged + at} is null.", parameter);
            }

            HybridAddResult added = await AddWindowAsync(window, parameter, cancellationToken).ConfigureAwait(false);
            result = new HybridAddResult(
                result.Added + added.Added, result.SparseTruncated + added.SparseTruncated, result.DenseTruncated + added.DenseTruncated)
            {
                Unchanged = result.Unchanged + added.Unchanged,
            };
            progress?.Report(result with { Total = total });
        }

        return result;
    }

    private async Task<HybridAddResult> AddWindowAsync(HybridText[] window, string parameter, CancellationToken cancellationToken)
    {
        IReadOnlyList<HybridRecord> stored =
            await _store.GetAsync(window.Select(text => text.Id).Distinct(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        var plan = AddPlan.Of(window, stored);
        string[] texts = [.. plan.Encoded];
        (GeneratedEmbeddings<SparseEmbedding>? sparse, GeneratedEmbeddings<Embedding<float>>? dense) = texts.Length > 0
            ? await BothSides.EncodeAsync(_sparse, _dense, texts, EmbeddingInputType.Document, cancellationToken).ConfigureAwait(false)
            : (null, null);

        // Asked after the encoding: a generator that loads its model on the first call has loaded it then.
        var models = HybridModels.Of(_sparse, _dense);
        RequireIdf(models);
        HybridModels? known = await _store.GetModelsAsync(cancellationToken).ConfigureAwait(false);
        known?.RequireSame(models, parameter);
        if (plan.Writes.Count == 0)
        {
            return new HybridAddResult { Unchanged = plan.Unchanged };
        }

        IEnumerable<HybridRecord> records = plan.Writes.Select(write => write.Kept is HybridRecord kept
            ? new HybridRecord(write.Text.Id, write.Text.Text, kept.Sparse, kept.Dense, write.Text.Metadata)
            : new HybridRecord(write.Text.Id, write.Text.Text, sparse![write.Encoded].Vector, dense![write.Encoded].Vector, write.Text.Metadata));
        await _store.UpsertAsync(records, models, cancellationToken).ConfigureAwait(false);
        return new HybridAddResult(texts.Length, CountTruncated(sparse), CountTruncated(dense)) { Unchanged = plan.Unchanged };
    }
}
