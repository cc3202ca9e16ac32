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
    /// encoded anew, as after a change of a generator's limits, or by a leg that was not there when they were added, take them out of the store first.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// A text is null, or the store's vectors come from other models. The 64s of texts before it are stored.
    /// </exception>
    /// <exception cref="InvalidOperationException">A generator returned another number of embeddings than it was given texts.</exception>
    /// <exception cref="NotSupportedException">A sparse model requires the inverse document frequency, and the store does not supply it.</exception>
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

    private async Task<HybridAddResult> AddWindowAsync(HybridText[] window, string parameter, CancellationToken cancellationToken) =>
        await WriteAsync(await PrepareAsync(window, parameter, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Looks up what the store has under the ids of some texts, and encodes the others.</summary>
    /// <param name="window">The texts.</param>
    /// <param name="parameter">What exceptions call them.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <param name="others">More ids that are looked up, for <see cref="PreparedTexts.Known"/>.</param>
    /// <exception cref="ArgumentException">The store's vectors come from other models.</exception>
    internal async Task<PreparedTexts> PrepareAsync(
        HybridText[] window, string parameter, CancellationToken cancellationToken, params IEnumerable<string> others)
    {
        // Vectors are read only for texts that keep theirs: with others of their metadata, which is rare.
        IReadOnlyList<HybridRecord> stored = await _store.GetAsync(
            window.Select(text => text.Id).Concat(others).Distinct(StringComparer.Ordinal), HybridRecordParts.Text | HybridRecordParts.Metadata, cancellationToken).ConfigureAwait(false);
        var plan = AddPlan.Of(window, stored);
        EncodedLeg[] legs = plan.Encoded.Count > 0
            ? await LegEncoder.EncodeAsync(Legs, [.. plan.Encoded], EmbeddingInputType.Document, cancellationToken).ConfigureAwait(false)
            : [];

        // Asked after the encoding: a generator that loads its model on the first call has loaded it then.
        var models = HybridModels.Of(Legs);
        RequireIdf(models);
        (await _store.GetModelsAsync(cancellationToken).ConfigureAwait(false)).RequireSame(models, parameter);
        return new PreparedTexts(plan, legs, models, [.. stored.Select(record => record.Id)]);
    }

    /// <summary>Puts texts into the store that were prepared for it.</summary>
    internal async Task<HybridAddResult> WriteAsync(PreparedTexts texts, CancellationToken cancellationToken)
    {
        AddPlan plan = texts.Plan;
        if (plan.Writes.Count == 0)
        {
            return new HybridAddResult { Unchanged = plan.Unchanged };
        }

        Dictionary<string, HybridRecord> kept = await ReadKeptAsync(plan, cancellationToken).ConfigureAwait(false);
        IEnumerable<HybridRecord> records = plan.Writes.Select(write => new HybridRecord(
            write.Text.Id,
            write.Text.Text,
            write.Kept is null ? Legs.Zip(texts.Legs).ToDictionary(leg => leg.First.Name, leg => leg.Second.Vectors[write.Encoded]) : kept[write.Text.Id].Vectors,
            write.Text.Metadata));
        await _store.UpsertAsync(records, texts.Models, cancellationToken).ConfigureAwait(false);
        return new HybridAddResult(plan.Encoded.Count, Truncated(VectorKind.Sparse), Truncated(VectorKind.Dense)) { Unchanged = plan.Unchanged };

        int Truncated(VectorKind kind) => texts.Legs.Zip(Legs).Where(leg => leg.Second.Kind == kind).Select(leg => leg.First.Truncated).DefaultIfEmpty().Max();
    }

    /// <summary>The records whose vectors stay, with these.</summary>
    /// <exception cref="HybridStoreException">Others take texts out at this moment.</exception>
    private async Task<Dictionary<string, HybridRecord>> ReadKeptAsync(AddPlan plan, CancellationToken cancellationToken)
    {
        string[] ids = [.. plan.Writes.Where(write => write.Kept is not null).Select(write => write.Text.Id).Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0)
        {
            return [];
        }

        IReadOnlyList<HybridRecord> records = await _store.GetAsync(ids, HybridRecordParts.All, cancellationToken).ConfigureAwait(false);
        var kept = records.ToDictionary(record => record.Id, StringComparer.Ordinal);
        foreach (AddedText write in plan.Writes.Where(write => write.Kept is not null))
        {
            if (!kept.TryGetValue(write.Text.Id, out HybridRecord? record) || record.Text != write.Text.Text)
            {
                throw new HybridStoreException(
                    $"The record '{write.Text.Id}' was changed by others while its metadata was to be replaced. Add the texts again.", isTransient: true);
            }
        }

        return kept;
    }
}
