using System.Linq.Expressions;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>A condition on records in two parts, both of which have to hold: one that indexes answer, and one that is asked of each record.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
internal sealed class RecordFilter<TRecord>
    where TRecord : class
{
    // What the rows have to have in their metadata for it, and the same condition for rows that have something else.
    private readonly IndexedFields? _needed;
    private readonly Func<IndexedFields, RecordFilter<TRecord>>? _others;

    private RecordFilter(
        MetadataFilter? pushed,
        Func<StoredRecord, bool>? condition,
        IndexedFields? needed = null,
        Func<IndexedFields, RecordFilter<TRecord>>? others = null)
    {
        Pushed = pushed;
        Condition = condition;
        _needed = needed;
        _others = others;
    }

    /// <summary>What the metadata has to match; null for anything.</summary>
    public MetadataFilter? Pushed { get; }

    /// <summary>What has to hold of a row's record; null for nothing.</summary>
    public Func<StoredRecord, bool>? Condition { get; }

    public bool IsForAll => Pushed is null && Condition is null;

    /// <exception cref="InvalidOperationException">The filter names something that is no property of the records.</exception>
    public static RecordFilter<TRecord> Of(Expression<Func<TRecord, bool>>? filter, CollectionModel model, RecordMapper<TRecord> mapper) =>
        filter is null ? new RecordFilter<TRecord>(null, null) : Of(filter, model, mapper, IndexedFields.Of(model));

    /// <summary>The same condition, of which indexes answer what all rows of a reading have in their metadata.</summary>
    public RecordFilter<TRecord> On(ColumnReading reading) =>
        Pushed is not null && IndexedFields.Of(reading.Space) is var rows && !rows.Cover(_needed!) ? _others!(rows) : this;

    private static RecordFilter<TRecord> Of(
        Expression<Func<TRecord, bool>> filter, CollectionModel model, RecordMapper<TRecord> mapper, IndexedFields rows)
    {
        (MetadataFilter? pushed, Expression? rest) = new FilterTranslator(rows).Translate(filter, model);
        Func<TRecord, bool>? condition = rest is null ? null : Expression.Lambda<Func<TRecord, bool>>(rest, filter.Parameters[0]).Compile();
        return new RecordFilter<TRecord>(
            pushed,
            condition is null ? null : row => condition(mapper.ToRecord(row, includeVectors: false)),
            rows,
            others => Of(filter, model, mapper, others));
    }
}
