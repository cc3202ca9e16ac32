using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant;

/// <summary>Provides the options of a <see cref="QdrantHybridStore"/>: where the server is, which collection, and how it is made, written and searched.</summary>
public sealed partial class QdrantHybridStoreOptions
{
    /// <summary>Gets or sets the address of Qdrant's gRPC, such as <c>https://example.cloud.qdrant.io:6334</c>. REST is at another port, 6333.</summary>
    /// <value>The default is <c>http://localhost:6334</c>.</value>
    /// <exception cref="ArgumentException">The value is not absolute, or neither of <c>http</c> nor of <c>https</c>.</exception>
    public Uri Endpoint
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Endpoint));
            field = value.IsAbsoluteUri && value.Scheme is "http" or "https" ? value : throw new ArgumentException(
                $"Found the address '{value}', expected one that begins with http:// or https://, such as http://localhost:6334.", nameof(Endpoint));
        }
    } = new("http://localhost:6334");

    /// <summary>Gets or sets the key that is sent as <c>api-key</c>. It is in no message and no log. Over <c>http</c> all on the way can read it.</summary>
    /// <value>The default is <see langword="null"/>: none is sent.</value>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the name of the collection, or of an alias of it.</summary>
    /// <value>The default is empty, with which no store can be opened.</value>
    public string CollectionName { get; set; } = string.Empty;

    /// <summary>Gets or sets the vectors of the records, all with their sizes, and their models as far as they are known.</summary>
    /// <value>The default is <see cref="HybridSchema.Default"/>, whose sizes only a collection that is there already can tell.</value>
    /// <remarks>
    /// <see cref="HybridSchema.Of"/> asks the generators. A sparse vector whose model requires the inverse document frequency
    /// (<see cref="SparseModelIdentity.RequiresIdf"/>) is made with Qdrant's modifier <c>idf</c>, which cannot be added later.
    /// </remarks>
    public HybridSchema Schema { get; set; } = HybridSchema.Default;

    /// <summary>Gets or sets a value indicating whether a collection that is not there is created.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>Gets or sets the tenant whose records the store has: it sees no others, and two tenants may use one id.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the collection has no tenants. A collection is made with tenants or without. Qdrant recommends one with all tenants
    /// over one for each.
    /// </value>
    public string? Tenant { get; set; }

    /// <summary>Gets or sets the fields of metadata that have an index. They are made before the first record: later ones cost a filled collection dear.</summary>
    /// <value>The default is none: filters read all records, and a server in strict mode, as in Qdrant Cloud, refuses them.</value>
    public IReadOnlyList<QdrantPayloadIndex> Indexes
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Indexes));
            bool areGood = value.All(index => !string.IsNullOrEmpty(index.Field) && index.Kind is >= MetadataKind.Text and < MetadataKind.List);
            field = areGood ? [.. value] : throw new ArgumentException(
                "Found an index without a field, or of lists, expected the name of a field and the kind of its values, or of the items of its lists.",
                nameof(Indexes));
        }
    }
    = [];

    /// <summary>Gets or sets a value indicating whether filters on fields without an index are refused here, before they slow the server down.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RefuseUnindexedFilters { get; set; }

    /// <summary>Gets or sets a value indicating whether dense searches read all vectors, instead of the graph of near ones, which may miss some.</summary>
    /// <value>The default is <see langword="false"/>. Sparse searches are exact always, and so are the scores that the fusion asks for.</value>
    public bool Exact { get; set; }

    /// <summary>Gets or sets how many candidates a search of the graph keeps: more find more, and take longer.</summary>
    /// <value>At least 1. The default is <see langword="null"/>, for the collection's own.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? HnswEf
    {
        get;
        set => field = AtLeast(value ?? 1, 1, nameof(HnswEf)) > 0 ? value : null;
    }

    /// <summary>Gets or sets a value indicating whether Qdrant fuses the legs of a search instead of the store.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the legs are fused as in <see cref="EmbeddedHybridStore"/>, with the same explanations.
    /// </value>
    /// <remarks>
    /// Qdrant's fusion is one request instead of two and gives no reasons: <see cref="HybridHit.Fusion"/> is null. It has
    /// <see cref="FusionMethod.ReciprocalRank"/> and <see cref="FusionMethod.DistributionBased"/> with equal weights, and numbers equal scores by their places; all
    /// else is refused. What Qdrant calls a weight is another thing, <c>1 / ((position + 1) / weight + k - 1)</c>, and is never sent.
    /// </remarks>
    public bool FuseOnServer { get; set; }

    /// <summary>Gets or sets how many bytes of records one request carries at most. A record that is larger is refused by its id.</summary>
    /// <value>At least 1,024. The default is 2,000,000; Qdrant works best with 1 to 5 million.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1,024.</exception>
    public int MaxBatchBytes
    {
        get;
        set => field = AtLeast(value, 1024, nameof(MaxBatchBytes));
    } = 2_000_000;

    /// <summary>Gets or sets how many writes of all calls together are under way at a time.</summary>
    /// <value>At least 1. The default is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxConcurrentWrites
    {
        get;
        set => field = AtLeast(value, 1, nameof(MaxConcurrentWrites));
    } = 4;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance but for Qdrant's own messages and the callbacks in it.</returns>
    public QdrantHybridStoreOptions Clone() => (QdrantHybridStoreOptions)MemberwiseClone();

    private static int AtLeast(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
