using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Collections;
using Splade.AI.Qdrant.Payload;
using Splade.AI.Qdrant.Points;
using Splade.AI.Qdrant.Searching;
using Splade.AI.Qdrant.Server;

namespace Splade.AI.Qdrant;

/// <summary>A store in a collection of Qdrant, over its gRPC.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use, by several processes too. A record is one point: readers see all of it or nothing, but an upsert is several requests, of which some
/// may be in when one fails; doing it again is safe. Requests that fail in a way that may pass are repeated, and an error that is thrown says whether it may.
/// </para>
/// <para>
/// Searches are fused here, from the candidates of all legs and their exact scores, unless the options leave that to the server. Sparse searches are exact;
/// dense ones go by Qdrant's graph unless <see cref="QdrantHybridStoreOptions.Exact"/> says otherwise. Between the search and the reading of its hits others may
/// write: a hit has the record as it is then.
/// </para>
/// <para>
/// The vectors and models are the collection's: they are set when it is created, or models by the first records that come with them, and stay when it is
/// emptied. What the engine cannot do (<see cref="Features"/>) is refused with a <see cref="NotSupportedException"/>: sorted listings, skipping, ranges of
/// texts.
/// </para>
/// </remarks>
public sealed partial class QdrantHybridStore : IHybridStore
{
    private readonly QdrantHybridStoreOptions _options;
    private readonly QdrantConnection _connection;
    private readonly QdrantCollection _collection;
    private readonly CollectionInfo _info;
    private readonly CollectionModels _models;
    private readonly CollectionPoints _points;
    private readonly PointIds _ids;
    private readonly PointWriter _writer;
    private readonly FilterTranslator _filters;
    private readonly int? _maxBatchCount;
    private readonly bool _ownsConnection;

    private QdrantHybridStore(
        QdrantHybridStoreOptions options,
        QdrantConnection connection,
        QdrantCollection collection,
        CollectionInfo info,
        HybridSchema schema,
        CollectionModels models,
        bool ownsConnection)
    {
        (_options, _connection, _ownsConnection) = (options, connection, ownsConnection);
        (_collection, _info, _models, Schema) = (collection, info, models, schema);
        _ids = new PointIds(options.Tenant);
        _writer = new PointWriter(schema, options.Tenant, _ids, options.MaxBatchBytes);
        _points = new CollectionPoints(connection, new PointReader(schema, _ids), options);
        var indexes = new HashSet<string>([.. info.PayloadSchema.Keys, .. CollectionCreation.Indexes(options).Keys], StringComparer.Ordinal);
        _filters = new FilterTranslator(options.RefuseUnindexedFilters ? indexes.Contains : null);
        _maxBatchCount = info.Config.StrictModeConfig is { Enabled: true, HasUpsertMaxBatchsize: true } strict ? (int)strict.UpsertMaxBatchsize : null;
        Features = new HybridStoreFeatures
        {
            ExactDense = options.Exact,
            SnapshotLists = false,
            InsertionOrder = false,
            Sorting = false,
            TextRanges = false,
            ReadYourWrites = CollectionCheck.ReadsItsWrites(info, options),
            AtomicUpserts = false,
            KeepsVectorBits = !schema.Vectors.Any(vector => vector is { Kind: VectorKind.Dense, Similarity: SimilarityFunction.Cosine }),
            ExactDeleteCounts = false,
            SuppliesIdf = CollectionCheck.WithIdf(info).Count > 0,
            DatePrecision = PayloadDate.Precision,
        };
    }

    /// <inheritdoc/>
    public HybridSchema Schema { get; }

    /// <inheritdoc/>
    /// <value>
    /// Listings are in an order of the points' own and show what is there as they come to it; batches are what is whole; dates are told apart by microseconds.
    /// The inverse document frequency is supplied for the vectors that were made for a model that requires it. Vectors compared by the cosine, whose length
    /// is not 1, come back with the rounding of one division.
    /// </value>
    public HybridStoreFeatures Features { get; }

    /// <summary>Opens a collection, or creates it with its indexes.</summary>
    /// <param name="options">Where, and how; they are copied.</param>
    /// <param name="cancellationToken">Ends the opening early.</param>
    /// <returns>The store. Dispose of it, which closes the connection.</returns>
    /// <exception cref="ArgumentException">The options lack a name, or the size of a vector of a collection that is to be created.</exception>
    /// <exception cref="HybridStoreException">
    /// The server cannot be reached or refused; or the collection is of other vectors, models or tenants than the options, or not of a store. The message says
    /// which.
    /// </exception>
    public static async Task<QdrantHybridStore> OpenAsync(QdrantHybridStoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Clone();
        if (string.IsNullOrEmpty(options.CollectionName))
        {
            throw new ArgumentException($"The options have no {nameof(options.CollectionName)}. Set it to the name of the collection.", nameof(options));
        }

        if (options.Tenant is { Length: 0 })
        {
            throw new ArgumentException($"Found an empty {nameof(options.Tenant)}, expected a name, or null for a collection without tenants.", nameof(options));
        }

        if (options.ApiKey?.AsSpan().IndexOfAnyExceptInRange(' ', '~') is int place and >= 0)
        {
            throw new ArgumentException(
                $"Found a character at position {place} of the {nameof(options.ApiKey)} that no header takes, "
                + "such as the end of a line, expected the key alone.",
                nameof(options));
        }

        var connection = new QdrantConnection(options);
        try
        {
            var collection = new QdrantCollection(connection, options);
            CollectionInfo info = await collection.OpenAsync(cancellationToken).ConfigureAwait(false);
            CollectionMetadata metadata = collection.Require(info);
            await collection.AddShardKeyAsync(cancellationToken).ConfigureAwait(false);
            await collection.IndexAsync(info, cancellationToken).ConfigureAwait(false);
            var models = new CollectionModels(collection, metadata.Models, metadata.Schema, CollectionCheck.WithIdf(info));
            return new QdrantHybridStore(options, connection, collection, info, metadata.Schema, models, ownsConnection: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Creates a store of another tenant in the same collection, over the same connection.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <returns>The store. It ends with this one; it need not be disposed of.</returns>
    /// <exception cref="ArgumentException"><paramref name="tenant"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The collection has no tenants.</exception>
    public QdrantHybridStore ForTenant(string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        if (_options.Tenant is null)
        {
            throw new InvalidOperationException(
                $"The collection '{_options.CollectionName}' has no tenants. Create one with "
                + $"{nameof(QdrantHybridStoreOptions)}.{nameof(QdrantHybridStoreOptions.Tenant)}.");
        }

        QdrantHybridStoreOptions options = _options.Clone();
        options.Tenant = tenant;
        return new QdrantHybridStore(options, _connection, _collection, _info, Schema, _models, ownsConnection: false);
    }

    /// <inheritdoc/>
    public Task<HybridModels> GetModelsAsync(CancellationToken cancellationToken = default) => _models.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Counted exactly.</remarks>
    public async Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default)
    {
        TranslatedFilter translated = _filters.Translate(filter);
        return translated.MatchesNothing ? 0 : await _points.CountAsync(_points.Of(translated), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection. Calls under way fail, and so do later ones.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        if (_ownsConnection)
        {
            _connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
