using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Collections;
using Splade.AI.Qdrant.Payload;
using Splade.AI.Qdrant.Points;

namespace Splade.AI.Qdrant;

/// <content>Writing.</content>
public sealed partial class QdrantHybridStore
{
    /// <summary>Ids of one request: 40 bytes each.</summary>
    private const int DeletedAtOnce = 10_000;

    /// <inheritdoc/>
    /// <remarks>
    /// All records are checked before the first request. They go in requests of <see cref="QdrantHybridStoreOptions.MaxBatchBytes"/>, several at a time; when the
    /// task has completed the server has done all.
    /// </remarks>
    public async Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        List<PointStruct> points = _writer.Write(records, nameof(records), cancellationToken);
        if (points.Count == 0)
        {
            return;
        }

        bool areFirst = await _models.AcceptAsync(models, nameof(models), cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrentWrites, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            PointBatches.Cut(points, _options.MaxBatchBytes, _maxBatchCount),
            parallel,
            async (batch, token) => await _points.UpsertAsync(batch, token).ConfigureAwait(false)).ConfigureAwait(false);
        if (areFirst)
        {
            await _models.ConfirmAsync(models!, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Qdrant does not say how many it took out: they are counted just before.</remarks>
    public async Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        long count = 0;
        foreach (Guid[] page in PointsOf(ids, nameof(ids)).Distinct().Chunk(DeletedAtOnce))
        {
            PointId[] points = Array.ConvertAll(page, PointIds.ToPoint);
            Filter? filter = _points.Of(TranslatedFilter.All, new Condition { HasId = new HasIdCondition { HasId = { points } } });
            long found = await _points.CountAsync(filter, cancellationToken).ConfigureAwait(false);
            if (found > 0)
            {
                await _points.DeleteAsync(new PointsSelector { Points = new PointsIdsList { Ids = { points } } }, cancellationToken).ConfigureAwait(false);
            }

            count += found;
        }

        return count;
    }

    /// <inheritdoc/>
    /// <remarks>Qdrant does not say how many it took out: they are counted just before.</remarks>
    public async Task<long> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        TranslatedFilter translated = _filters.Translate(filter);
        if (translated.MatchesNothing)
        {
            return 0;
        }

        // A filter without conditions is one that all points match.
        Filter selected = _points.Of(translated) ?? new Filter();
        long found = await _points.CountAsync(selected, cancellationToken).ConfigureAwait(false);
        if (found > 0)
        {
            await _points.DeleteAsync(new PointsSelector { Filter = selected }, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Switches off the building of the graphs of dense vectors, so that a large import does not build them again and again.</summary>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>
    /// Searches go on and read all new vectors meanwhile. It stays so, whatever ends the process, until <see cref="EndBulkLoadAsync"/>: the collection keeps
    /// what was there before. Doing it twice is doing it once.
    /// </remarks>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    public async Task BeginBulkLoadAsync(CancellationToken cancellationToken = default)
    {
        CollectionInfo info = await _collection.InfoAsync(cancellationToken).ConfigureAwait(false);
        if (info.Config.Metadata.GetValueOrDefault(CollectionMetadata.BulkLoad)?.KindCase == Value.KindOneofCase.IntegerValue)
        {
            return;
        }

        OptimizersConfigDiff before = info.Config.OptimizerConfig;
        var kept = new Value { IntegerValue = before?.HasIndexingThreshold is true ? (long)before.IndexingThreshold : CollectionMetadata.UsualThreshold };
        await _collection.UpdateMetadataAsync(metadata => metadata[CollectionMetadata.BulkLoad] = kept, cancellationToken).ConfigureAwait(false);
        await SetThresholdAsync(0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches the building of graphs on again, as it was before <see cref="BeginBulkLoadAsync"/>. The server builds them in the background.</summary>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>Without a bulk load that was begun, by whichever process, nothing is done.</remarks>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    public async Task EndBulkLoadAsync(CancellationToken cancellationToken = default)
    {
        CollectionInfo info = await _collection.InfoAsync(cancellationToken).ConfigureAwait(false);
        if (info.Config.Metadata.GetValueOrDefault(CollectionMetadata.BulkLoad) is { KindCase: Value.KindOneofCase.IntegerValue } before)
        {
            await SetThresholdAsync((ulong)before.IntegerValue, cancellationToken).ConfigureAwait(false);
            var ended = new Value { BoolValue = false };
            await _collection.UpdateMetadataAsync(metadata => metadata[CollectionMetadata.BulkLoad] = ended, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task SetThresholdAsync(ulong kilobytes, CancellationToken cancellationToken) => _collection.UpdateAsync(
        request => request.OptimizersConfig = new OptimizersConfigDiff { IndexingThreshold = kilobytes }, cancellationToken);
}
