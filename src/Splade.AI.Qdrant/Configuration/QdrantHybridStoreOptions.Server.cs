using Qdrant.Client.Grpc;

namespace Splade.AI.Qdrant;

/// <content>How the server is reached, and what it keeps the collection in.</content>
public sealed partial class QdrantHybridStoreOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long one request may take, repeats not counted.</summary>
    /// <value>From 10 milliseconds to an hour. The default is 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">Outside of its range.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(10), nameof(RequestTimeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTime, nameof(RequestTimeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets how often a request is repeated that failed in a way that may pass: the connection was cut, the time was up, the server was too busy. What
    /// is refused is never repeated. All that the store sends may be done twice.
    /// </summary>
    /// <value>At least 0. The default is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int MaxRetries
    {
        get;
        set => field = AtLeast(value, 0, nameof(MaxRetries));
    } = 4;

    /// <summary>Gets or sets the wait before the first repeat; it doubles, with some chance in it, up to 30 seconds. A server that names a time is obeyed.</summary>
    /// <value>From 0 to an hour. The default is 200 milliseconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">Outside of its range.</exception>
    public TimeSpan RetryDelay
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(RetryDelay));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTime, nameof(RetryDelay));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets or sets what is done to the handler of the connection before it is used: certificates of TLS, a proxy.</summary>
    /// <value>The default is <see langword="null"/>, for nothing.</value>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }

    /// <summary>Gets or sets in how many shards a new collection lies; it stays so.</summary>
    /// <value>At least 1. The default is <see langword="null"/>, for the server's choice.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? ShardNumber
    {
        get;
        set => field = AtLeast(value ?? 1, 1, nameof(ShardNumber)) > 0 ? value : null;
    }

    /// <summary>
    /// Gets or sets the key of the shard that the store's records lie in, for a collection of custom sharding; it is made if it is not there. The store writes
    /// and reads there only.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the server spreads the records by their ids.</value>
    public string? ShardKey { get; set; }

    /// <summary>Gets or sets on how many nodes each shard of a new collection lies.</summary>
    /// <value>At least 1. The default is <see langword="null"/>, for the server's choice.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? ReplicationFactor
    {
        get;
        set => field = AtLeast(value ?? 1, 1, nameof(ReplicationFactor)) > 0 ? value : null;
    }

    /// <summary>Gets or sets how many nodes must have a write in a new collection before it counts as done.</summary>
    /// <value>
    /// At least 1. The default is <see langword="null"/>, for the server's choice, 1. With fewer than <see cref="ReplicationFactor"/>, a later read sees all writes
    /// only with <see cref="ReadConsistency"/>.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? WriteConsistencyFactor
    {
        get;
        set => field = AtLeast(value ?? 1, 1, nameof(WriteConsistencyFactor)) > 0 ? value : null;
    }

    /// <summary>Gets or sets how many replicas are asked, and have to agree, on a read.</summary>
    /// <value>The default is <see langword="null"/>: one is asked.</value>
    public ReadConsistencyType? ReadConsistency { get; set; }

    /// <summary>Gets or sets how strictly writes of several clients keep one order on all replicas.</summary>
    /// <value>The default is <see langword="null"/>, for the server's, <see cref="WriteOrderingType.Weak"/>.</value>
    public WriteOrderingType? WriteOrdering { get; set; }

    /// <summary>Gets or sets how dense vectors of a new collection are quantized; the originals are kept beside. Sparse ones cannot be.</summary>
    /// <value>The default is <see langword="null"/>, for not at all.</value>
    public QuantizationConfig? Quantization { get; set; }

    /// <summary>
    /// Gets or sets what is done to the request that creates the collection, before it is sent: all else that Qdrant knows, such as where vectors, graphs and
    /// payload lie (memory or disk), the graph's parameters, and strict mode.
    /// </summary>
    /// <value>The default is <see langword="null"/>, for nothing.</value>
    /// <remarks>
    /// Left alone have to be the names, sizes, distances and modifiers of the vectors and the metadata: the collection is refused otherwise when it is opened.
    /// A smaller data type than 32 bits rounds what comes back, which <see cref="Hybrid.HybridStoreFeatures.KeepsVectorBits"/> does not know.
    /// </remarks>
    public Action<CreateCollection>? ConfigureCollection { get; set; }

    /// <summary>What waits are measured with; tests have another.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;
}
