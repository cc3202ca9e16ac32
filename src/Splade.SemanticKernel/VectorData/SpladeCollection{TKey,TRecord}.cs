using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Represents a collection of records with dense vectors, sparse vectors and texts that SPLADE indexes, searched exactly inside the process.</summary>
/// <typeparam name="TKey">The type of the keys: string, int, long or Guid. Keys of type Guid that are empty are made by the collection.</typeparam>
/// <typeparam name="TRecord">The type of the records, with a parameterless constructor.</typeparam>
/// <remarks>
/// <para>
/// Vector properties are <see cref="ReadOnlyMemory{T}"/> of <see cref="float"/>, <c>float[]</c>, <see cref="Embedding{T}"/> of float or
/// <see cref="SparseEmbedding"/>, or of a type that a generator makes vectors of; a record may lack any of them. Dense vectors are compared by cosine
/// (the default) or dot product, sparse ones by dot product. Every kind of index is an exact one. A <see cref="string"/> property with
/// <see cref="VectorStoreDataProperty.IsFullTextIndexed"/> is encoded by SPLADE: the keywords of <see cref="HybridSearchAsync"/> meet it.
/// </para>
/// <para>
/// Conditions of a filter on properties with <see cref="VectorStoreDataProperty.IsIndexed"/> that compare with a value, ask for one of several or look
/// into a list are answered by an index before the search. Any other condition is compiled and asked of each record that the former leave, before anything
/// is scored, so that results are exact all the same. Where <c>==</c> and <c>!=</c> compare arrays and lists, these are equal if their items are; other
/// comparisons, such as <c>Equals</c>, are those of .NET. A value of which a generator made a vector is not kept, and a condition on it is refused.
/// </para>
/// <para>Safe for concurrent use. An upsert puts all its records in or none. A search sees one moment of the collection.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is what the base class is called.")]
public partial class SpladeCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IKeywordHybridSearchable<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly SpladeVectorStorage _storage;
    private readonly SpladeCollectionOptions _options;
    private readonly CollectionSchema _schema;
    private readonly CollectionTable _table;
    private readonly RecordMapper<TRecord> _mapper;
    private readonly VectorStoreCollectionMetadata _metadata;

    /// <summary>
    /// Initializes a new instance of the <see cref="SpladeCollection{TKey, TRecord}"/> class in a storage. The collection need not be there yet
    /// (<see cref="EnsureCollectionExistsAsync"/>).
    /// </summary>
    /// <param name="storage">The storage, which is not disposed of with the collection.</param>
    /// <param name="name">The name of the collection, any that is not empty.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, or the records are dictionaries: for these there is <see cref="SpladeDynamicCollection"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">The records do not fit together, such as a full-text property without a generator.</exception>
    /// <exception cref="NotSupportedException">A property has a type, or a vector a distance function, that the store does not have.</exception>
    [RequiresUnreferencedCode("The properties of the records are found by reflection. Use SpladeDynamicCollection instead.")]
    [RequiresDynamicCode("The properties of the records are found by reflection. Use SpladeDynamicCollection instead.")]
    public SpladeCollection(SpladeVectorStorage storage, string name, SpladeCollectionOptions? options = null)
        : this(storage, name, options, static (builder, own) => typeof(TRecord) == typeof(Dictionary<string, object?>)
            ? throw new ArgumentException(VectorDataStrings.NonDynamicCollectionWithDictionaryNotSupported(typeof(SpladeDynamicCollection)), nameof(options))
            : builder.Build(typeof(TRecord), typeof(TKey), own.Definition, own.EmbeddingGenerator))
    {
    }

    private protected SpladeCollection(
        SpladeVectorStorage storage,
        string name,
        SpladeCollectionOptions? options,
        Func<CollectionModelBuilder, SpladeCollectionOptions, CollectionModel> build)
    {
        ArgumentNullException.ThrowIfNull(storage);
        CollectionName.Require(name, nameof(name));
        Name = name;
        _storage = storage;
        _options = new SpladeCollectionOptions(options);
        IEmbeddingGenerator<string, SparseEmbedding>? sparse = _options.SparseEmbeddingGenerator
            ?? (_options.Definition?.EmbeddingGenerator ?? _options.EmbeddingGenerator) as IEmbeddingGenerator<string, SparseEmbedding>;
        _schema = new CollectionSchema(build(new SpladeModelBuilder(sparse), _options), sparse);
        _table = new CollectionTable(storage, name, _schema);
        _mapper = new RecordMapper<TRecord>(_schema);
        _metadata = new VectorStoreCollectionMetadata
        {
            VectorStoreSystemName = VectorStoreErrors.SystemName,
            VectorStoreName = storage.Folder,
            CollectionName = name,
        };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => _table.ExistsAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="VectorStoreException">It could not be made, or there is one with other vectors or keys.</exception>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => _table.CreateAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => _table.DeleteAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Besides the collection itself it gives its <see cref="VectorStoreCollectionMetadata"/> and its <see cref="SpladeVectorStorage"/>.</remarks>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType == typeof(SpladeVectorStorage) ? _storage
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    private string ToId(TKey key, string parameter)
    {
        ArgumentNullException.ThrowIfNull(key, parameter);
        return CollectionKey.ToId(key, _schema.Model.KeyProperty.Type, parameter);
    }

    private void RequireNoVectors(bool includeVectors)
    {
        if (includeVectors && _schema.Model.EmbeddingGenerationRequired)
        {
            throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration);
        }
    }

    private RecordFilter<TRecord> Translate(Expression<Func<TRecord, bool>>? filter) => RecordFilter<TRecord>.Of(filter, _schema, _mapper);
}
