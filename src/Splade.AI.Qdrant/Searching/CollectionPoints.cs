using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;
using Splade.AI.Qdrant.Points;
using Splade.AI.Qdrant.Server;

namespace Splade.AI.Qdrant.Searching;

/// <summary>The points of a tenant in a collection: written, read, counted, searched. Safe for concurrent use.</summary>
/// <param name="connection">The server.</param>
/// <param name="reader">Reads records of points.</param>
/// <param name="options">Which collection and tenant, and how it is read and written.</param>
internal sealed class CollectionPoints(QdrantConnection connection, PointReader reader, QdrantHybridStoreOptions options)
{
    private readonly string _name = options.CollectionName;
    private readonly ReadConsistency? _consistency = options.ReadConsistency is { } type ? new ReadConsistency { Type = type } : null;
    private readonly WriteOrdering? _ordering = options.WriteOrdering is { } type ? new WriteOrdering { Type = type } : null;
    private readonly ShardKeySelector? _shards = options.ShardKey is { } key ? new ShardKeySelector { ShardKeys = { new ShardKey { Keyword = key } } } : null;
    private readonly Condition[] _own = options.Tenant is { } tenant
        ? [new Condition { Field = new FieldCondition { Key = PayloadNames.Tenant, Match = new Match { Keyword = tenant } } }]
        : [];

    public Task UpsertAsync(IEnumerable<PointStruct> points, CancellationToken cancellationToken)
    {
        var request = new UpsertPoints { CollectionName = _name, Wait = true, Ordering = _ordering, ShardKeySelector = _shards, Points = { points } };
        return connection.WriteAsync($"put {request.Points.Count} records in", (client, call) => client.Points.UpsertAsync(request, call), cancellationToken);
    }

    public Task DeleteAsync(PointsSelector selector, CancellationToken cancellationToken)
    {
        var request = new DeletePoints { CollectionName = _name, Wait = true, Ordering = _ordering, ShardKeySelector = _shards, Points = selector };
        return connection.WriteAsync("take records out", (client, call) => client.Points.DeleteAsync(request, call), cancellationToken);
    }

    /// <summary>The filter of a request: what was asked for, of this tenant.</summary>
    public Filter? Of(TranslatedFilter filter, params IEnumerable<Condition> others) => filter.ToFilter([.. _own, .. others]);

    public async Task<long> CountAsync(Filter? filter, CancellationToken cancellationToken)
    {
        var request = new CountPoints { CollectionName = _name, Exact = true, ReadConsistency = _consistency, ShardKeySelector = _shards, Filter = filter };
        CountResponse response = await connection.CallAsync(
            "count records", (client, call) => client.Points.CountAsync(request, call), cancellationToken).ConfigureAwait(false);
        return (long)response.Result.Count;
    }

    /// <summary>The records of some points; points that are not there are passed over.</summary>
    public async Task<Dictionary<Guid, HybridRecord>> GetAsync(IReadOnlyCollection<Guid> ids, HybridRecordParts parts, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var request = new GetPoints
        {
            CollectionName = _name,
            ReadConsistency = _consistency,
            ShardKeySelector = _shards,
            WithPayload = reader.PayloadOf(parts),
            WithVectors = reader.VectorsOf(parts),
            Ids = { ids.Select(PointIds.ToPoint) },
        };
        GetResponse response = await connection.CallAsync(
            $"read {ids.Count} records", (client, call) => client.Points.GetAsync(request, call), cancellationToken).ConfigureAwait(false);
        return response.Result.ToDictionary(point => IdOf(point.Id), point => Read(point.Id, point.Payload, point.Vectors, parts));
    }

    /// <summary>A page of records in the order of their points, and where the next one begins; null at the end.</summary>
    public async Task<(IReadOnlyList<HybridRecord> Records, PointId? Next)> ScrollAsync(
        PointId? from, int count, Filter? filter, HybridRecordParts parts, CancellationToken cancellationToken)
    {
        var request = new ScrollPoints
        {
            CollectionName = _name,
            ReadConsistency = _consistency,
            ShardKeySelector = _shards,
            WithPayload = reader.PayloadOf(parts),
            WithVectors = reader.VectorsOf(parts),
            Filter = filter,
            Limit = (uint)count,
            Offset = from,
        };
        ScrollResponse response = await connection.CallAsync(
            "list records", (client, call) => client.Points.ScrollAsync(request, call), cancellationToken).ConfigureAwait(false);
        return ([.. response.Result.Select(point => Read(point.Id, point.Payload, point.Vectors, parts))], response.NextPageOffset);
    }

    /// <summary>Searches in one request.</summary>
    /// <returns>For each query the points found, best first.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<ScoredPoint>>> QueryAsync(IReadOnlyCollection<QueryPoints> queries, CancellationToken cancellationToken)
    {
        if (queries.Count == 0)
        {
            return [];
        }

        var request = new QueryBatchPoints { CollectionName = _name, ReadConsistency = _consistency };
        foreach (QueryPoints query in queries)
        {
            (query.CollectionName, query.ShardKeySelector) = (_name, _shards);
            request.QueryPoints.Add(query);
        }

        QueryBatchResponse response = await connection.CallAsync(
            "search", (client, call) => client.Points.QueryBatchAsync(request, call), cancellationToken).ConfigureAwait(false);
        return response.Result.Count == queries.Count
            ? [.. response.Result.Select(result => result.Result)]
            : throw connection.Unusable($"{queries.Count} searches have {response.Result.Count} results.");
    }

    /// <summary>A search that reads records with its hits.</summary>
    public QueryPoints Reading(QueryPoints query, HybridRecordParts parts)
    {
        (query.WithPayload, query.WithVectors) = (reader.PayloadOf(parts), reader.VectorsOf(parts));
        return query;
    }

    /// <exception cref="HybridStoreException">The point is not a record of this store.</exception>
    public HybridRecord Read(PointId id, MapField<string, Value> payload, VectorsOutput? vectors, HybridRecordParts parts)
    {
        try
        {
            return reader.Read(id, payload, vectors, parts);
        }
        catch (FormatException e)
        {
            throw connection.Unusable(e.Message, e);
        }
    }

    /// <exception cref="HybridStoreException">The point is not a record of a store.</exception>
    public Guid IdOf(PointId id) =>
        PointIds.Find(id) ?? throw connection.Unusable($"the point {id} is no record of a store, whose points have UUIDs. Take it out.");
}
