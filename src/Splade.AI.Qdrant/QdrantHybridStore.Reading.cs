using System.Runtime.CompilerServices;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;
using Splade.AI.Qdrant.Points;
using Splade.AI.Qdrant.Searching;
using Splade.AI.Search;

namespace Splade.AI.Qdrant;

/// <content>Searching and reading.</content>
public sealed partial class QdrantHybridStore
{
    /// <summary>Records of one answer: with vectors some hundred kilobytes.</summary>
    private const int Page = 256;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryLeg[] legs = [.. query.GetLegs(Schema, nameof(query)).Select(leg => QueryLeg.Of(leg, Schema, nameof(query)))];
        await _models.RequireAsync(query.Models, nameof(query), cancellationToken).ConfigureAwait(false);
        TranslatedFilter filter = _filters.Translate(query.Filter);
        if (filter.MatchesNothing)
        {
            return [];
        }

        var parameters = new SearchParams { Exact = _options.Exact };
        if (_options.HnswEf is int candidates)
        {
            parameters.HnswEf = (ulong)candidates;
        }

        var search = new LegSearch(_points, filter, parameters, _options.Tenant is null ? null : _points.Of(TranslatedFilter.All));
        return legs is [QueryLeg alone] ? await SearchAloneAsync(search, alone, query, cancellationToken).ConfigureAwait(false)
            : _options.FuseOnServer ? await ServerFusion.SearchAsync(search, legs, query, cancellationToken).ConfigureAwait(false)
            : await ClientFusion.SearchAsync(search, legs, query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Guid[] wanted = PointsOf(ids, nameof(ids));
        var records = new List<HybridRecord>(wanted.Length);
        foreach (Guid[] page in wanted.Chunk(Page))
        {
            Dictionary<Guid, HybridRecord> found = await _points.GetAsync([.. page.Distinct()], parts, cancellationToken).ConfigureAwait(false);
            records.AddRange(page.Select(id => found.GetValueOrDefault(id)).OfType<HybridRecord>());
        }

        return records;
    }

    /// <inheritdoc/>
    public async Task<HybridRecord?> GetAsync(string id, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (await GetAsync([id], parts, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <inheritdoc/>
    /// <remarks>
    /// In the order of the points' ids, which is none of the records'. <see cref="HybridListOptions.After"/> may be a record that is no longer there.
    /// </remarks>
    public async IAsyncEnumerable<HybridRecord> ListAsync(
        HybridListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options = options?.Clone() ?? new HybridListOptions();
        if (options.Sort.Count > 0 || options.Skip > 0)
        {
            throw new NotSupportedException(
                options.Sort.Count > 0
                    ? $"Found a listing sorted by '{options.Sort[0].Field}', expected none: Qdrant sorts by one number or date at most, "
                        + "and leaves out records without it. Sort what was listed."
                    : $"Found {nameof(options.Skip)} = {options.Skip}, expected 0: Qdrant would read what is skipped. "
                        + $"Begin {nameof(options.After)} the last record of the page before.");
        }

        TranslatedFilter filter = _filters.Translate(options.Filter);
        if (filter.MatchesNothing)
        {
            yield break;
        }

        // A page begins with the point that is named, which is the last one of the page before.
        PointId? next = options.After is null ? null : PointIds.ToPoint(_ids.Of(options.After));
        long left = options.Top ?? long.MaxValue;
        do
        {
            int count = (int)Math.Min(Page, options.After is null ? left : left + 1);
            (IReadOnlyList<HybridRecord> records, next) = await _points
                .ScrollAsync(next, count, _points.Of(filter), options.Parts, cancellationToken).ConfigureAwait(false);
            foreach (HybridRecord record in records.Where(record => record.Id != options.After).Take((int)Math.Min(left, Page)))
            {
                left--;
                yield return record;
            }
        }
        while (next is not null && left > 0);
    }

    private static async Task<IReadOnlyList<HybridHit>> SearchAloneAsync(
        LegSearch search, QueryLeg leg, HybridQuery query, CancellationToken cancellationToken)
    {
        if (leg.Query is null)
        {
            return [];
        }

        QueryPoints request = search.Points.Reading(search.Of(leg, query.Top), query.Parts);
        IReadOnlyList<ScoredPoint> points = (await search.Points.QueryAsync([request], cancellationToken).ConfigureAwait(false))[0];
        HybridRecord[] records = [.. points.Select(point => search.Points.Read(point.Id, point.Payload, point.Vectors, query.Parts))];
        var byId = records.ToDictionary(record => record.Id, StringComparer.Ordinal);
        SearchHit<string>[] hits = [.. records.Zip(points, (record, point) => new SearchHit<string>(record.Id, VectorCodec.Score(point.Score)))];
        var found = new CandidateLeg<string>(leg.Leg.Name, leg.Leg.Vector.Kind, hits);
        return [.. query.Fusion.Rank([found], query.Top).Select(place => HybridHit.Of(place.Fusion, byId[place.Id]))];
    }

    /// <summary>The points of the ids that a record may have; of others there is none.</summary>
    private Guid[] PointsOf(IEnumerable<string> ids, string parameter)
    {
        string[] all = [.. ids];
        return Array.IndexOf(all, null) is int missing and >= 0
            ? throw new ArgumentException($"The id at position {missing} is null.", parameter)
            : [.. all.Where(PayloadText.IsValid).Select(_ids.Of)];
    }
}
