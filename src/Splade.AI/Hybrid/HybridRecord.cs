namespace Splade.AI.Hybrid;

/// <summary>A text with its vectors and what else is known about it, as a store keeps it.</summary>
/// <remarks>
/// Safe for concurrent use as long as nobody writes to the memory or the dictionaries it was made of. The embedded store copies both.
/// </remarks>
public sealed class HybridRecord
{
    private readonly string _text;
    private readonly IReadOnlyDictionary<string, HybridVector> _vectors;
    private readonly IReadOnlyDictionary<string, MetadataValue> _metadata;

    /// <summary>Creates a record of a store with one sparse and one dense vector (<see cref="HybridSchema.Default"/>).</summary>
    /// <param name="id">The name of the record in its store, not empty.</param>
    /// <param name="text">The text that both vectors were made of.</param>
    /// <param name="sparse">The sparse vector.</param>
    /// <param name="dense">The dense vector.</param>
    /// <param name="metadata">What else is known, for example the file the text is from; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or a value of the metadata is null.</exception>
    public HybridRecord(
        string id, string text, SparseVector sparse, ReadOnlyMemory<float> dense, IReadOnlyDictionary<string, MetadataValue>? metadata = null)
        : this(id, text, Pair(sparse, dense), metadata)
    {
    }

    /// <summary>Creates a record.</summary>
    /// <param name="id">The name of the record in its store, not empty.</param>
    /// <param name="text">The text that the vectors were made of.</param>
    /// <param name="vectors">The vectors by their names in the schema of the store. A search by one that is not among them does not find the record.</param>
    /// <param name="metadata">What else is known, for example the file the text is from; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or a vector or a value of the metadata is null.</exception>
    public HybridRecord(
        string id, string text, IReadOnlyDictionary<string, HybridVector> vectors, IReadOnlyDictionary<string, MetadataValue>? metadata = null)
        : this(id, text, vectors, metadata, HybridRecordParts.All)
    {
    }

    /// <summary>Creates a record of which a store has read some parts.</summary>
    /// <param name="id">The name of the record in its store, not empty.</param>
    /// <param name="text">The text; of no account if it was not read.</param>
    /// <param name="vectors">The vectors that were read, by their names.</param>
    /// <param name="metadata">What else is known; null for nothing.</param>
    /// <param name="parts">What was read.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or a vector or a value of the metadata is null.</exception>
    public HybridRecord(
        string id,
        string text,
        IReadOnlyDictionary<string, HybridVector> vectors,
        IReadOnlyDictionary<string, MetadataValue>? metadata,
        HybridRecordParts parts)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.FirstOrDefault(vector => vector.Value is null) is { Key: string name })
        {
            throw new ArgumentException($"The vector '{name}' is null. Leave out what the record does not have.", nameof(vectors));
        }

        Id = id;
        _text = text;
        _vectors = vectors;
        _metadata = RecordMetadata.Check(metadata, nameof(metadata));
        Parts = parts;
    }

    /// <summary>Gets the name of the record in its store; compared by ordinal.</summary>
    public string Id { get; }

    /// <summary>Gets which parts are there: all of a record that was made to be put in, of one that was read those that were asked for.</summary>
    public HybridRecordParts Parts { get; }

    /// <summary>Gets the text that the vectors were made of.</summary>
    /// <exception cref="InvalidOperationException">It was not read.</exception>
    public string Text => Require(HybridRecordParts.Text, _text);

    /// <summary>Gets the vectors by their names; those that were read, if not all were.</summary>
    public IReadOnlyDictionary<string, HybridVector> Vectors => _vectors;

    /// <summary>Gets the sparse vector; of several the first in the schema of the store.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it was not read.</exception>
    public SparseVector Sparse => First(VectorKind.Sparse, HybridRecordParts.Sparse).Sparse;

    /// <summary>Gets the dense vector; of several the first in the schema of the store.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it was not read.</exception>
    public ReadOnlyMemory<float> Dense => First(VectorKind.Dense, HybridRecordParts.Dense).Dense;

    /// <summary>Gets what else is known, for example the file the text is from.</summary>
    /// <value>The default is an empty dictionary.</value>
    /// <exception cref="InvalidOperationException">It was not read.</exception>
    public IReadOnlyDictionary<string, MetadataValue> Metadata => Require(HybridRecordParts.Metadata, _metadata);

    private static OrderedDictionary<string, HybridVector> Pair(SparseVector sparse, ReadOnlyMemory<float> dense)
    {
        ArgumentNullException.ThrowIfNull(sparse);
        return new OrderedDictionary<string, HybridVector>(StringComparer.Ordinal)
        {
            [HybridSchema.SparseName] = sparse,
            [HybridSchema.DenseName] = dense,
        };
    }

    private HybridVector First(VectorKind kind, HybridRecordParts part) =>
        Require(part, _vectors).Values.FirstOrDefault(vector => vector.Kind == kind)
        ?? throw new InvalidOperationException($"The record '{Id}' has no {kind} vector, but {Names()}. Ask {nameof(Vectors)} by name.");

    private string Names() => _vectors.Count == 0 ? "none" : string.Join(", ", _vectors.Select(vector => $"'{vector.Key}' ({vector.Value.Kind})"));

    private T Require<T>(HybridRecordParts part, T value) => Parts.HasFlag(part)
        ? value
        : throw new InvalidOperationException($"The record '{Id}' was read without its {part}, but with {Parts}. Ask for it where the record is read.");
}
