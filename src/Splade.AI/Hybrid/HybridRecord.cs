namespace Splade.AI.Hybrid;

/// <summary>A text with its two vectors and what else is known about it, as a store keeps it.</summary>
/// <remarks>
/// Safe for concurrent use as long as nobody writes to the memory or the dictionary it was made of. The embedded store copies both.
/// </remarks>
public sealed class HybridRecord
{
    /// <summary>Creates a record.</summary>
    /// <param name="id">The name of the record in its store, not empty.</param>
    /// <param name="text">The text that both vectors were made of.</param>
    /// <param name="sparse">The sparse vector.</param>
    /// <param name="dense">The dense vector.</param>
    /// <param name="metadata">What else is known, for example the file the text is from; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or a value of the metadata is null.</exception>
    public HybridRecord(
        string id, string text, SparseVector sparse, ReadOnlyMemory<float> dense, IReadOnlyDictionary<string, MetadataValue>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(sparse);
        Id = id;
        Text = text;
        Sparse = sparse;
        Dense = dense;
        Metadata = RecordMetadata.Check(metadata, nameof(metadata));
    }

    /// <summary>Gets the name of the record in its store; compared by ordinal.</summary>
    public string Id { get; }

    /// <summary>Gets the text that both vectors were made of.</summary>
    public string Text { get; }

    /// <summary>Gets the sparse vector.</summary>
    public SparseVector Sparse { get; }

    /// <summary>Gets the dense vector.</summary>
    public ReadOnlyMemory<float> Dense { get; }

    /// <summary>Gets what else is known, for example the file the text is from.</summary>
    /// <value>The default is an empty dictionary.</value>
    public IReadOnlyDictionary<string, MetadataValue> Metadata { get; }
}
