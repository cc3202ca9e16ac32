using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>A record as it was put in: its own copy of what the caller could still change, ready to compare.</summary>
internal sealed class NewRecord : StoredRecord
{
    private readonly SparseVector[] _sparse;
    private readonly DenseVector[] _dense;

    /// <summary>A record whose parts nobody writes to any more.</summary>
    public NewRecord(string text, IReadOnlyDictionary<string, MetadataValue> metadata, SparseVector[] sparse, DenseVector[] dense)
    {
        Text = text;
        Metadata = metadata;
        _sparse = sparse;
        _dense = dense;
    }

    public override string Text { get; }

    public override IReadOnlyDictionary<string, MetadataValue> Metadata { get; }

    internal override SparseVector SparseAt(int column) => _sparse[column];

    internal override DenseVector DenseAt(int column) => _dense[column];
}
