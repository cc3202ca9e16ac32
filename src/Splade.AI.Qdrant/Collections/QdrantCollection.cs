using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Server;

namespace Splade.AI.Qdrant.Collections;

/// <summary>A collection as a whole: made, described, changed. Safe for concurrent use.</summary>
/// <param name="connection">The server.</param>
/// <param name="options">Which collection, and how it is made.</param>
internal sealed class QdrantCollection(QdrantConnection connection, QdrantHybridStoreOptions options)
{
    private const string NotFound = "NOT_FOUND", AlreadyExists = "ALREADY_EXISTS";

    private readonly string _name = options.CollectionName;

    /// <summary>What the server says of the collection, which is created if it is not there and the options allow it.</summary>
    /// <exception cref="HybridStoreException">It is not there and is not to be created, or the server failed.</exception>
    /// <exception cref="ArgumentException">It is not there, and the schema does not tell a size.</exception>
    public async Task<CollectionInfo> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InfoAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HybridStoreException e) when (e.Code == NotFound && options.CreateIfMissing)
        {
            await CreateAsync(CollectionCreation.Request(options), cancellationToken).ConfigureAwait(false);
            return await InfoAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<CollectionInfo> InfoAsync(CancellationToken cancellationToken) => (await connection.CallAsync(
        "read what the collection is",
        (client, call) => client.Collections.GetAsync(new GetCollectionInfoRequest { CollectionName = _name }, call),
        cancellationToken).ConfigureAwait(false)).Result;

    /// <summary>Makes the indexes that are not there, one after the other.</summary>
    public async Task IndexAsync(CollectionInfo info, CancellationToken cancellationToken)
    {
        foreach ((string path, PayloadIndexParams index) in CollectionCreation.Indexes(options).Where(index => !info.PayloadSchema.ContainsKey(index.Key)))
        {
            var request = new CreateFieldIndexCollection
            {
                CollectionName = _name,
                Wait = true,
                FieldName = path,
                FieldType = CollectionCreation.TypeOf(index),
                FieldIndexParams = index,
            };
            await connection.WriteAsync(
                $"make the index of '{path}'", (client, call) => client.Points.CreateFieldIndexAsync(request, call), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the shard key of the options, if it has one that is not there.</summary>
    public async Task AddShardKeyAsync(CancellationToken cancellationToken)
    {
        if (options.ShardKey is not string key)
        {
            return;
        }

        var request = new CreateShardKeyRequest { CollectionName = _name, Request = new CreateShardKey { ShardKey = new ShardKey { Keyword = key } } };
        try
        {
            await connection.CallAsync(
                $"make the shard key '{key}'", (client, call) => client.Collections.CreateShardKeyAsync(request, call), cancellationToken).ConfigureAwait(false);
        }
        catch (HybridStoreException e) when (e.Code == AlreadyExists || e.Message.Contains("already exist", StringComparison.OrdinalIgnoreCase))
        {
            // It was there, or another process has made it at this moment.
        }
    }

    public Task UpdateMetadataAsync(Action<MapField<string, Value>> write, CancellationToken cancellationToken) =>
        UpdateAsync(request => write(request.Metadata), cancellationToken);

    public async Task UpdateAsync(Action<UpdateCollection> change, CancellationToken cancellationToken)
    {
        var request = new UpdateCollection { CollectionName = _name };
        change(request);
        await connection.CallAsync(
            "change the collection", (client, call) => client.Collections.UpdateAsync(request, call), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many points there are, whoever's.</summary>
    public async Task<ulong> CountAllAsync(CancellationToken cancellationToken) => (await connection.CallAsync(
        "count all records",
        (client, call) => client.Points.CountAsync(new CountPoints { CollectionName = _name, Exact = true }, call),
        cancellationToken).ConfigureAwait(false)).Result.Count;

    /// <exception cref="HybridStoreException">It is not the metadata of a store.</exception>
    public CollectionMetadata Read(MapField<string, Value> metadata) => Require(() => CollectionMetadata.Read(metadata));

    /// <exception cref="HybridStoreException">The collection is another than was asked for.</exception>
    public CollectionMetadata Require(CollectionInfo info) => Require(() => CollectionCheck.Require(info, options));

    public HybridStoreException Unusable(string problem) => connection.Unusable(problem);

    private async Task CreateAsync(CreateCollection request, CancellationToken cancellationToken)
    {
        try
        {
            await connection.CallAsync(
                "create the collection", (client, call) => client.Collections.CreateAsync(request, call), cancellationToken).ConfigureAwait(false);
        }
        catch (HybridStoreException e) when (e.Code == AlreadyExists || e.Message.Contains("already exists", StringComparison.Ordinal))
        {
            // Another process was quicker, or the answer to the first attempt was lost.
        }
    }

    private CollectionMetadata Require(Func<CollectionMetadata> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw connection.Unusable(e.Message, e);
        }
    }
}
