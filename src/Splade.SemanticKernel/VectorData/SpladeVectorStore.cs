using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Represents a vector store inside the process, in memory or in a folder, whose records can have sparse vectors besides dense ones.</summary>
/// <remarks>Safe for concurrent use. <see cref="SpladeCollection{TKey, TRecord}"/> says what collections can do.</remarks>
public sealed class SpladeVectorStore : VectorStore
{
    private readonly SpladeVectorStorage _storage;
    private readonly bool _ownsStorage;
    private readonly SpladeVectorStoreOptions _options;
    private readonly VectorStoreMetadata _metadata;

    /// <summary>Initializes a new instance of the <see cref="SpladeVectorStore"/> class over a storage.</summary>
    /// <param name="storage">The storage, which is not disposed of with the store; null for one in memory, which is.</param>
    /// <param name="options">What collections work with; null for the defaults.</param>
    public SpladeVectorStore(SpladeVectorStorage? storage = null, SpladeVectorStoreOptions? options = null)
    {
        _ownsStorage = storage is null;
        _storage = storage ?? new SpladeVectorStorage();
        _options = options?.Copy() ?? new SpladeVectorStoreOptions();
        _metadata = new VectorStoreMetadata { VectorStoreSystemName = VectorStoreErrors.SystemName, VectorStoreName = _storage.Folder };
    }

    /// <inheritdoc/>
    /// <returns>A <see cref="SpladeCollection{TKey, TRecord}"/>.</returns>
    [RequiresUnreferencedCode("The properties of the records are found by reflection. Use GetDynamicCollection instead.")]
    [RequiresDynamicCode("The properties of the records are found by reflection. Use GetDynamicCollection instead.")]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null) =>
        typeof(TRecord) == typeof(Dictionary<string, object?>)
            ? throw new ArgumentException(VectorDataStrings.GetCollectionWithDictionaryNotSupported)
            : new SpladeCollection<TKey, TRecord>(_storage, name, _options.ForCollection(definition));

    /// <inheritdoc/>
    /// <returns>A <see cref="SpladeDynamicCollection"/>.</returns>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new SpladeDynamicCollection(_storage, name, _options.ForCollection(definition));
    }

    /// <inheritdoc/>
    /// <remarks>In ordinal order.</remarks>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string name in await _storage.NamesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return name;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        CollectionName.Require(name, nameof(name));
        return _storage.ExistsAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>In a folder only what the store has written there goes.</remarks>
    /// <exception cref="VectorStoreException">Another storage has the collection open, in this process or another one, or it cannot be deleted.</exception>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        CollectionName.Require(name, nameof(name));
        return _storage.DeleteAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Besides the store itself it gives its <see cref="VectorStoreMetadata"/> and its <see cref="SpladeVectorStorage"/>.</remarks>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType == typeof(SpladeVectorStorage) ? _storage
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsStorage)
        {
            _storage.Dispose();
        }

        base.Dispose(disposing);
    }
}
