using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Splade.AI.Hybrid;

namespace Splade.AI.Ingest;

/// <summary>
/// Fills a store from a source of any size: reads documents, splits them into passages, encodes these and writes them, all at once, with a
/// bound on what is on its way between them.
/// </summary>
/// <remarks>
/// <para>
/// Safe to do again, whatever ended it: passages have ids made of their document's (<c>id#1</c>, <c>id#2</c>), and one that the store has with the same text,
/// of the same models, is not encoded again. Of a document that has changed, passages that it does not have any more are taken out. So after a killed run
/// nothing is lost, nothing is there twice, and no more than one <see cref="IngestOptions.Window"/> is encoded again.
/// </para>
/// <para>Safe for concurrent use over different documents; it owns neither the retriever nor its store.</para>
/// </remarks>
public sealed class IngestPipeline
{
    private readonly IHybridStore _store;
    private readonly HybridRetriever _retriever;
    private readonly IngestOptions _options;

    /// <summary>Initializes a new instance of the <see cref="IngestPipeline"/> class.</summary>
    /// <param name="store">The store.</param>
    /// <param name="retriever">The retriever over the store, whose legs encode the passages.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    public IngestPipeline(IHybridStore store, HybridRetriever retriever, IngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(retriever);
        (_store, _retriever, _options) = (store, retriever, options?.Clone() ?? new IngestOptions());
    }

    /// <summary>Brings all documents of a source into the store.</summary>
    /// <param name="documents">The documents. Of several with one id the last stays.</param>
    /// <param name="progress">Told after every batch, and of documents that are passed over, by one thread at a time; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early. What was stored by then stays, and is passed over when it is done again.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">A document is null or has the field of its id; or the store's vectors come from other models.</exception>
    /// <exception cref="HybridStoreException">The engine of the store failed. What was stored by then stays.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is something else.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IngestProgress> RunAsync(
        IAsyncEnumerable<IngestDocument> documents, IProgress<IngestProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        using IngestCheckpoint? checkpoint = _options.Checkpoint is string path
            ? IngestCheckpoint.Open(path, isBelieved: await _store.CountAsync(filter: null, cancellationToken).ConfigureAwait(false) > 0)
            : null;
        using var run = new Run(this, checkpoint, progress);
        await run.DoAsync(documents, cancellationToken).ConfigureAwait(false);
        return run.Report();
    }

    /// <summary>One run, and what is on its way in it.</summary>
    private sealed class Run(IngestPipeline owner, IngestCheckpoint? checkpoint, IProgress<IngestProgress>? progress) : IDisposable
    {
        private const string Probe = "text";

        private readonly IngestOptions _options = owner._options;
        private readonly ConcurrentDictionary<string, IngestJob> _open = new(StringComparer.Ordinal);
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly Lock _reporting = new();
        private readonly Lock _telling = new();
        private readonly long _start = Stopwatch.GetTimestamp();

        // A batch takes a place when it is cut and leaves it when it is written, so no queue between the stages can grow.
        private readonly SemaphoreSlim _places = new(Math.Max(1, owner._options.Window / owner._options.BatchSize));
        private IngestProgress _done = new();
        private string _space = string.Empty;
        private bool _isBelieved;

        public void Dispose() => _places.Dispose();

        public IngestProgress Report()
        {
            lock (_reporting)
            {
                return _done with { Total = _options.Total, Elapsed = Stopwatch.GetElapsedTime(_start) };
            }
        }

        public async Task DoAsync(IAsyncEnumerable<IngestDocument> documents, CancellationToken cancellationToken)
        {
            if (checkpoint is not null)
            {
                // Models that are loaded by the first call do not say before who they are, and documents are known by their models too.
                await LegEncoder.EncodeAsync(owner._retriever.Legs, [Probe], EmbeddingInputType.Document, cancellationToken).ConfigureAwait(false);
                var models = HybridModels.Of(owner._retriever.Legs);
                _space = $"{owner._store.Schema} {string.Join(", ", models.Sparse.Values)} {string.Join(", ", models.Dense.Values)}";
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var toEncode = Channel.CreateUnbounded<IngestBatch>();
            var toWrite = Channel.CreateUnbounded<IngestBatch>();
            Task[] encoders = [.. Enumerable.Range(0, _options.Encoders).Select(_ => EncodeAsync(toEncode.Reader, toWrite.Writer, stop.Token))];
            Task[] stages =
            [
                ThenComplete(ReadAsync(documents, toEncode.Writer, stop.Token), toEncode.Writer),
                ThenComplete(Task.WhenAll(encoders), toWrite.Writer),
                .. Enumerable.Range(0, _options.Writers).Select(_ => WriteAsync(toWrite.Reader, stop.Token)),
            ];
            await foreach (Task stage in Task.WhenEach([.. encoders, .. stages]).ConfigureAwait(false))
            {
                if (!stage.IsCompletedSuccessfully)
                {
                    // The others end, and what failed first is thrown, not the cancellation that followed from it.
                    await stop.CancelAsync().ConfigureAwait(false);
                    await ((Task)Task.WhenAll(stages)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    cancellationToken.ThrowIfCancellationRequested();
                    await stage.ConfigureAwait(false);
                }
            }

            if (_options.RemoveMissing)
            {
                await RemoveMissingAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        private static async Task ThenComplete(Task stage, ChannelWriter<IngestBatch> next)
        {
            await stage.ConfigureAwait(false);
            next.Complete();
        }

        private async Task ReadAsync(IAsyncEnumerable<IngestDocument> documents, ChannelWriter<IngestBatch> next, CancellationToken cancellationToken)
        {
            int size = Math.Min(_options.BatchSize, _options.Window);
            var batch = new List<(IngestJob Job, HybridText? Text)>();
            await foreach (IngestDocument document in documents.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                IngestJob job = Split(document ?? throw new ArgumentException("Found a document that is null.", nameof(documents)));
                if (_options.RemoveMissing)
                {
                    _seen.Add(job.Id);
                }

                if (await IsDoneAsync(job, cancellationToken).ConfigureAwait(false))
                {
                    Count(done => done with { Documents = done.Documents + 1, Skipped = done.Skipped + 1 });
                    continue;
                }

                if (_open.TryGetValue(job.Id, out IngestJob? before))
                {
                    // The later one replaces it; so it must not overtake it.
                    await SendAsync().ConfigureAwait(false);
                    await before.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                Begin(job);
                HybridText?[] passages = job.Passages.Count > 0 ? [.. job.Passages] : [null];
                foreach (HybridText? passage in passages)
                {
                    batch.Add((job, passage));
                    if (batch.Count >= size)
                    {
                        await SendAsync().ConfigureAwait(false);
                    }
                }
            }

            await SendAsync().ConfigureAwait(false);

            async Task SendAsync()
            {
                if (batch.Count > 0)
                {
                    await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
                    await next.WriteAsync(new IngestBatch([.. batch]), cancellationToken).ConfigureAwait(false);
                    batch.Clear();
                }
            }
        }

        private IngestJob Split(IngestDocument document)
        {
            if (document.Metadata.ContainsKey(_options.DocumentField))
            {
                throw new ArgumentException(
                    $"Found the field '{_options.DocumentField}' in the metadata of the document '{document.Id}', expected another name: its passages keep the "
                    + $"document's id under it. Choose another {nameof(IngestOptions.DocumentField)}.",
                    nameof(document));
            }

            string[] passages = _options.Split is null ? [document.Text] : [.. _options.Split(document)];
            var metadata = new Dictionary<string, MetadataValue>(document.Metadata, StringComparer.Ordinal) { [_options.DocumentField] = document.Id };
            return new IngestJob(
                document.Id,
                checkpoint is null ? default : IngestCheckpoint.HashOf(document, passages, _space),
                [.. passages.Select((text, i) => new HybridText($"{document.Id}#{i + 1}", text, metadata))]);
        }

        private async ValueTask<bool> IsDoneAsync(IngestJob job, CancellationToken cancellationToken)
        {
            lock (_reporting)
            {
                if (checkpoint?.Contains(job.Hash) is not true || _open.ContainsKey(job.Id))
                {
                    return false;
                }
            }

            if (_isBelieved || job.Passages.Count == 0)
            {
                return true;
            }

            // The first time it is put to the test: it may be of another store, or others have taken records out.
            IReadOnlyList<HybridRecord> stored = await owner._store
                .GetAsync(job.Passages.Select(passage => passage.Id), HybridRecordParts.None, cancellationToken).ConfigureAwait(false);
            _isBelieved = stored.Count == job.Passages.Count;
            if (!_isBelieved)
            {
                lock (_reporting)
                {
                    checkpoint.Clear();
                }
            }

            return _isBelieved;
        }

        // From here on the store may have some passages of one version and some of another, until the job ends.
        private void Begin(IngestJob job)
        {
            lock (_reporting)
            {
                checkpoint?.Forget(job.Id);
                _open[job.Id] = job;
            }
        }

        private async Task EncodeAsync(ChannelReader<IngestBatch> batches, ChannelWriter<IngestBatch> next, CancellationToken cancellationToken)
        {
            await foreach (IngestBatch batch in batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                HybridText[] texts = batch.Texts;
                PreparedTexts? prepared = texts.Length == 0
                    ? null
                    : await owner._retriever.PrepareAsync(texts, "documents", cancellationToken, batch.Nexts).ConfigureAwait(false);
                await next.WriteAsync(batch with { Prepared = prepared }, cancellationToken).ConfigureAwait(false);
            }
        }

        private async Task WriteAsync(ChannelReader<IngestBatch> batches, CancellationToken cancellationToken)
        {
            await foreach (IngestBatch batch in batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                HybridAddResult added = batch.Prepared is null
                    ? default
                    : await owner._retriever.WriteAsync(batch.Prepared, cancellationToken).ConfigureAwait(false);
                var known = new HashSet<string>(batch.Prepared?.Known ?? [], StringComparer.Ordinal);
                var ended = new List<IngestJob>();
                foreach ((IngestJob job, HybridText? text) in batch.Items)
                {
                    // A document without passages may have had some, and one whose own are new may have had more.
                    if (text is null || known.Contains(text.Id) || known.Contains(job.Next))
                    {
                        job.MarkKnown();
                    }

                    if (job.TakeOff())
                    {
                        ended.Add(job);
                    }
                }

                long removed = 0;
                foreach (IngestJob job in ended.Where(job => job.IsKnown))
                {
                    removed += await RemoveStaleAsync(job, cancellationToken).ConfigureAwait(false);
                }

                Count(done => done with
                {
                    Documents = done.Documents + ended.Count,
                    Added = done.Added + added.Added,
                    Unchanged = done.Unchanged + added.Unchanged,
                    Truncated = done.Truncated + Math.Max(added.SparseTruncated, added.DenseTruncated),
                    Removed = done.Removed + removed,
                });
                End(ended);
                _places.Release();
            }
        }

        private void End(List<IngestJob> ended)
        {
            lock (_reporting)
            {
                checkpoint?.Add(ended.Select(job => job.Hash));
                ended.ForEach(job => _open.TryRemove(KeyValuePair.Create(job.Id, job)));
            }

            ended.ForEach(job => job.End());
        }

        /// <summary>Takes out passages that a document had before and does not have any more.</summary>
        private async Task<long> RemoveStaleAsync(IngestJob job, CancellationToken cancellationToken)
        {
            HashSet<string> now = [.. job.Passages.Select(passage => passage.Id)];
            var options = new HybridListOptions { Filter = MetadataFilter.Equal(_options.DocumentField, job.Id), Parts = HybridRecordParts.None };
            var stale = new List<string>();
            await foreach (HybridRecord record in owner._store.ListAsync(options, cancellationToken).ConfigureAwait(false))
            {
                if (!now.Contains(record.Id))
                {
                    stale.Add(record.Id);
                }
            }

            return stale.Count == 0 ? 0 : await owner._store.DeleteAsync(stale, cancellationToken).ConfigureAwait(false);
        }

        private async Task RemoveMissingAsync(CancellationToken cancellationToken)
        {
            var options = new HybridListOptions { Filter = MetadataFilter.Exists(_options.DocumentField), Parts = HybridRecordParts.Metadata };
            var missing = new List<string>();
            var gone = new HashSet<string>(StringComparer.Ordinal);
            await foreach (HybridRecord record in owner._store.ListAsync(options, cancellationToken).ConfigureAwait(false))
            {
                if (record.Metadata[_options.DocumentField] is { Kind: MetadataKind.Text } document && !_seen.Contains(document.AsString()))
                {
                    missing.Add(record.Id);
                    gone.Add(document.AsString());
                }
            }

            // Before they are out: if they come back, they are put in again.
            checkpoint?.Forget(gone);
            long removed = missing.Count == 0 ? 0 : await owner._store.DeleteAsync(missing, cancellationToken).ConfigureAwait(false);
            Count(done => done with { Removed = done.Removed + removed });
        }

        private void Count(Func<IngestProgress, IngestProgress> change)
        {
            lock (_reporting)
            {
                _done = change(_done);
            }

            // One after the other: of two reports the later one is never behind.
            lock (_telling)
            {
                progress?.Report(Report());
            }
        }
    }
}
