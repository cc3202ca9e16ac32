using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <content>Writing.</content>
public partial class SpladeCollection<TKey, TRecord>
{
    private const string UpsertOperation = "Upsert";

    /// <inheritdoc/>
    /// <exception cref="VectorStoreException">There is no such collection, its vectors come from other models, or it could not be written.</exception>
    /// <exception cref="ArgumentException">
    /// The record has no key, a value of another type than its property, a text that is not valid UTF-16, or a vector of another size than its property
    /// says, or one that cannot be searched.
    /// </exception>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], nameof(record), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>All records are put in at once, or none; of several with one key the last stays. Each generator is called once for all of them.</remarks>
    /// <exception cref="VectorStoreException">There is no such collection, its vectors come from other models, or it could not be written.</exception>
    /// <exception cref="ArgumentException">
    /// A record is null, has no key, a value of another type than its property, a text that is not valid UTF-16, or a vector of another size than its
    /// property says, or one that cannot be searched.
    /// </exception>
    public override Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        TRecord[] all = [.. records];
        int missing = Array.IndexOf(all, null);
        return missing < 0
            ? UpsertAsync(all, nameof(records), cancellationToken)
            : throw new ArgumentException($"The record at position {missing} is null.", nameof(records));
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync([ToId(key, nameof(key))], cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>All records are taken out at once.</remarks>
    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return DeleteAsync([.. keys.Select(key => ToId(key, nameof(keys)))], cancellationToken);
    }

    private async Task DeleteAsync(string[] ids, CancellationToken cancellationToken)
    {
        const string Operation = "Delete";
        RecordTable table = await _table.GetAsync(Operation, cancellationToken).ConfigureAwait(false);
        await _table.WriteAsync(table, Operation, () => table.Remove(ids), cancellationToken).ConfigureAwait(false);
    }

    private async Task UpsertAsync(TRecord[] records, string parameter, CancellationToken cancellationToken)
    {
        RecordTable table = await _table.GetAsync(UpsertOperation, cancellationToken).ConfigureAwait(false);
        if (records.Length == 0)
        {
            return;
        }

        Array.ForEach(records, record => RecordGuard.Require(_schema.Model, record, parameter));
        var keys = new RecordKeys<TRecord>(_schema.Model.KeyProperty, records, parameter);
        var vectors = new Embedding?[_schema.Columns.Count][];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = await EncodeAsync(_schema.Columns[i], records, parameter, cancellationToken).ConfigureAwait(false);
        }

        VectorColumn[] encoded = [.. _schema.Columns.Where((_, i) => vectors[i].Any(vector => vector is not null))];
        int[] dimensions = await SparseDimensionsAsync(table, vectors, cancellationToken).ConfigureAwait(false);
        List<KeyValuePair<string, StoredRecord>> rows = [.. records.Select((record, r) => KeyValuePair.Create(
            keys.Ids[r], _mapper.ToRow(table, record, keys[r], [.. vectors.Select(column => column[r])], dimensions, parameter)))];
        await _table.WriteAsync(
            table,
            UpsertOperation,
            () => table.InTurn(() =>
            {
                _table.RequireModels(table, encoded, UpsertOperation);
                table.Upsert(rows, _table.GetSpace(table, encoded), parameter);
            }),
            cancellationToken).ConfigureAwait(false);
        keys.Assign();
    }

    /// <summary>The vectors of one column; null for records without one.</summary>
    private static async Task<Embedding?[]> EncodeAsync(VectorColumn column, TRecord[] records, string parameter, CancellationToken cancellationToken)
    {
        object?[] values = Array.ConvertAll(records, record => column.Property.GetValueAsObject(record) is object value && !IsEmpty(value) ? value : null);
        IReadOnlyList<Embedding> made = await VectorEncoder.EncodeDocumentsAsync(column, [.. values.OfType<object>()], cancellationToken).ConfigureAwait(false);
        int next = 0;
        return Array.ConvertAll(values, value => value is null ? null : Check(column, made[next++], parameter));
    }

    private static bool IsEmpty(object value) => value is ReadOnlyMemory<float> { IsEmpty: true } or float[] { Length: 0 };

    private static Embedding Check(VectorColumn column, Embedding vector, string parameter)
    {
        int dimensions = vector is Embedding<float> dense ? dense.Vector.Length : vector.Dimensions;
        return column.Vector is null || column.Vector.Dimensions == dimensions ? vector : throw new ArgumentException(
            $"Found a vector of {dimensions} dimensions for property '{column.Property.ModelName}', expected {column.Vector.Dimensions} as the property says. "
            + "Say how many the model has.",
            parameter);
    }

    /// <summary>The sizes of the sparse columns, which full-text properties do not say: of the vectors at hand, the table or the model.</summary>
    private async Task<int[]> SparseDimensionsAsync(RecordTable table, Embedding?[][] vectors, CancellationToken cancellationToken)
    {
        using RecordReading reading = _table.Read(table, UpsertOperation);
        var dimensions = new int[_schema.SparseColumns];
        for (int i = 0; i < vectors.Length; i++)
        {
            VectorColumn column = _schema.Columns[i];
            if (column.IsSparse)
            {
                dimensions[column.Index] = column.Vector?.Dimensions
                    ?? vectors[i].FirstOrDefault(vector => vector is not null)?.Dimensions
                    ?? reading.GetSparseDimensions(column.Index)
                    ?? await VectorEncoder.GetDimensionsAsync(column, cancellationToken).ConfigureAwait(false);
            }
        }

        return dimensions;
    }
}
