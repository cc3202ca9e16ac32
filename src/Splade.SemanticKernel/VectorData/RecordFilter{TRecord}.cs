using System.Linq.Expressions;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>A condition on records in two parts, both of which have to hold: one that indexes answer, and one that is asked of each record.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
internal sealed class RecordFilter<TRecord>
    where TRecord : class
{
    private static readonly RecordFilter<TRecord> Nothing = new();

    private MetadataFilter? _pushed;
    private IReadOnlySet<string>? _ids;
    private Func<StoredRecord, bool>? _condition;

    // What the rows have to have in their metadata for it, and the same condition for rows that have something else.
    private IndexedFields? _needed;
    private Func<IndexedFields, RecordFilter<TRecord>>? _others;

    private RecordFilter()
    {
    }

    /// <exception cref="InvalidOperationException">The filter names something that is no property of the records.</exception>
    /// <exception cref="NotSupportedException">The filter asks for a value of which a generator made a vector: it is not kept.</exception>
    public static RecordFilter<TRecord> Of(Expression<Func<TRecord, bool>>? filter, CollectionSchema schema, RecordMapper<TRecord> mapper) =>
        filter is null ? Nothing : Of(filter, schema, mapper, schema.IndexedFields);

    /// <summary>The rows that the condition holds for, by insertion.</summary>
    public IEnumerable<StoredRecord> List(RecordReading reading, CancellationToken cancellationToken)
    {
        RecordFilter<TRecord> filter = On(reading);
        IEnumerable<StoredRecord> rows = reading.List(filter._pushed, filter._ids).Select(item => item.Value);
        return filter.Condition(cancellationToken) is { } condition ? rows.Where(condition) : rows;
    }

    /// <summary>Finds out which rows the condition holds for, asking each record once.</summary>
    public RecordReading Find(RecordReading reading, CancellationToken cancellationToken)
    {
        RecordFilter<TRecord> filter = On(reading);
        return filter._pushed is null && filter._condition is null
            ? reading
            : reading.Where(filter._pushed ?? MetadataFilter.All(), filter.Condition(cancellationToken), filter._ids);
    }

    private static RecordFilter<TRecord> Of(
        Expression<Func<TRecord, bool>> filter, CollectionSchema schema, RecordMapper<TRecord> mapper, IndexedFields rows)
    {
        (MetadataFilter? pushed, Expression? rest) = new FilterTranslator(rows).Translate(filter, schema.Model);
        var translated = new RecordFilter<TRecord> { _pushed = pushed, _needed = rows, _others = others => Of(filter, schema, mapper, others) };
        if (rest is not null)
        {
            ParameterExpression record = filter.Parameters[0];
            IReadOnlyCollection<VectorColumn> vectors = ConditionVectors.Of(rest, record, schema);
            Func<TRecord, bool> condition = Expression.Lambda<Func<TRecord, bool>>(rest, record).Compile();
            translated._ids = new KeyCondition(record, schema.Model.KeyProperty).IdsOf(rest);
            translated._condition = row => condition(mapper.ToRecord(row, vectors));
        }

        return translated;
    }

    /// <summary>The same condition, of which indexes answer what all rows of a reading have in their metadata.</summary>
    private RecordFilter<TRecord> On(RecordReading reading) =>
        _pushed is not null && IndexedFields.Of(reading.EmbeddingSpace) is var rows && !rows.Cover(_needed!) ? _others!(rows) : this;

    private Func<StoredRecord, bool>? Condition(CancellationToken cancellationToken) => _condition is null ? null : row =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _condition(row);
    };
}
