using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Represents a record as a table holds it, without its id: text, metadata, and the vectors of its columns. Immutable.</summary>
public abstract class StoredRecord
{
    private protected StoredRecord()
    {
    }

    /// <summary>Gets the text.</summary>
    public abstract string Text { get; }

    /// <summary>Gets the metadata.</summary>
    public abstract IReadOnlyDictionary<string, MetadataValue> Metadata { get; }

    /// <summary>Gets the vector in a sparse column.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The vector.</returns>
    public SparseVector GetSparse(int column) => SparseAt(column);

    /// <summary>Gets the vector in a dense column.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The vector; null if the record has none there.</returns>
    public ReadOnlyMemory<float>? GetDense(int column) => DenseAt(column) is { IsNone: false } vector ? vector.Values : (ReadOnlyMemory<float>?)null;

    internal abstract SparseVector SparseAt(int column);

    internal abstract DenseVector DenseAt(int column);
}
