using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Where the vectors of a schema stand in the records of a table, and the records made for it. Safe for concurrent use.</summary>
/// <param name="schema">The schema.</param>
internal sealed class SchemaColumns(HybridSchema schema)
{
    private readonly VectorField[] _sparse = [.. schema.Vectors.Where(vector => vector.Kind == VectorKind.Sparse)];
    private readonly VectorField[] _dense = [.. schema.Vectors.Where(vector => vector.Kind == VectorKind.Dense)];

    /// <summary>The column of a vector among those of its kind; -1 if the schema does not have it.</summary>
    public int IndexOf(string name, VectorKind kind) => Array.FindIndex(kind == VectorKind.Sparse ? _sparse : _dense, vector => vector.Name == name);

    /// <summary>Records as a table takes them: with their own copy of what callers could still change, and a vector in each column.</summary>
    /// <param name="records">The records.</param>
    /// <param name="table">What is there now tells sizes that the schema does not.</param>
    /// <param name="parameter">What exceptions call the records.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">A record is null or does not fit the schema.</exception>
    public List<KeyValuePair<string, StoredRecord>> Store(
        IEnumerable<HybridRecord> records, RecordTable table, string parameter, CancellationToken cancellationToken)
    {
        HybridRecord[] all = [.. records.TakeWhile(_ => !cancellationToken.IsCancellationRequested)];
        cancellationToken.ThrowIfCancellationRequested();
        if (Array.IndexOf(all, null) is int place and >= 0)
        {
            throw new ArgumentException($"The record at position {place} is null.", parameter);
        }

        using RecordReading reading = table.Read();
        int?[] sparse = [.. _sparse.Select((vector, column) => vector.Dimensions ?? reading.GetSparseDimensions(column) ?? SizeIn(all, vector))];
        DenseColumn[] dense =
        [
            .. _dense.Select(DenseColumn.Of).Select((vector, column) =>
                vector with { Dimensions = vector.Dimensions ?? reading.GetDenseDimensions(column) ?? SizeIn(all, _dense[column]) }),
        ];
        var stored = new List<KeyValuePair<string, StoredRecord>>(all.Length);
        foreach (HybridRecord record in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                stored.Add(KeyValuePair.Create<string, StoredRecord>(record.Id, Store(record, sparse, dense)));
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                throw new ArgumentException($"Record '{record.Id}': {e.Message}", parameter, e);
            }
        }

        return stored;
    }

    /// <summary>A record of a table as it is given out.</summary>
    public HybridRecord Read(string id, StoredRecord stored, HybridRecordParts parts)
    {
        var found = new OrderedDictionary<string, HybridVector>(schema.Vectors.Count, StringComparer.Ordinal);
        IReadOnlyDictionary<string, MetadataValue> metadata = stored.Metadata;
        IReadOnlyCollection<string> lacking = LackingVectors.Of(metadata);
        foreach (VectorField vector in schema.Vectors.Where(vector => !lacking.Contains(vector.Name)))
        {
            if (vector.Kind == VectorKind.Sparse && parts.HasFlag(HybridRecordParts.Sparse))
            {
                found[vector.Name] = stored.SparseAt(IndexOf(vector.Name, vector.Kind));
            }
            else if (vector.Kind == VectorKind.Dense && parts.HasFlag(HybridRecordParts.Dense))
            {
                found[vector.Name] = stored.DenseAt(IndexOf(vector.Name, vector.Kind)).Values;
            }
        }

        return new HybridRecord(
            id,
            parts.HasFlag(HybridRecordParts.Text) ? stored.Text : string.Empty,
            found,
            parts.HasFlag(HybridRecordParts.Metadata) ? LackingVectors.RemoveFrom(metadata) : null,
            parts);
    }

    private static int? SizeIn(IEnumerable<HybridRecord> records, VectorField vector) =>
        records.Select(record => record.Vectors.GetValueOrDefault(vector.Name)).FirstOrDefault(found => found?.Kind == vector.Kind)?.Dimensions;

    private NewRecord Store(HybridRecord record, int?[] sizes, DenseColumn[] columns)
    {
        foreach ((string name, HybridVector vector) in record.Vectors)
        {
            schema.Require(name, vector);
        }

        var lacking = new List<string>();
        SparseVector[] sparse =
        [
            .. _sparse.Select((field, i) => Find(field.Name)?.Sparse ?? new SparseVector([], [], LackingVectors.RequireSize(field.Name, sizes[i]))),
        ];
        DenseVector[] dense = [.. columns.Select(column => column.Create(Find(column.Name)?.Dense, parameter: null!))];
        LackingVectors.RequireFree(record.Metadata, nameof(record));
        var metadata = new Dictionary<string, MetadataValue>(record.Metadata, StringComparer.Ordinal);
        IReadOnlyDictionary<string, MetadataValue> kept = RecordMetadata.Check(metadata, nameof(record)) is { Count: 0 } nothing ? nothing : metadata.AsReadOnly();
        return new NewRecord(record.Text, LackingVectors.AddTo(kept, [.. lacking]), sparse, dense);

        HybridVector? Find(string name)
        {
            if (record.Vectors.TryGetValue(name, out HybridVector? vector))
            {
                return vector;
            }

            lacking.Add(name);
            return null;
        }
    }
}
