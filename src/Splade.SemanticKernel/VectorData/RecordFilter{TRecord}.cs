using System.Linq.Expressions;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.SemanticKernel.VectorData;

/// <summary>A condition on records in two parts, both of which have to hold: one that indexes answer, and one that is asked of each record.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
internal sealed class RecordFilter<TRecord>
    where TRecord : class
{
    private static readonly RecordFilter<TRecord> Nothing = new(null);

    private readonly MetadataFilter? _pushed;
    private readonly IReadOnlySet<string>? _ids;
    private readonly Func<StoredRecord, bool>? _condition;

    private RecordFilter(MetadataFilter? pushed, IReadOnlySet<string>? ids = null, Func<StoredRecord, bool>? condition = null)
    {
        _pushed = pushed;
        _ids = ids;
        _condition = condition;
    }

    /// <exception cref="InvalidOperationException">The filter names something that is no property of the records.</exception>
    /// <exception cref="NotSupportedException">The filter asks for a value of which a generator made a vector: it is not kept.</exception>
    public static RecordFilter<TRecord> Of(Expression<Func<TRecord, bool>>? filter, CollectionSchema schema, RecordMapper<TRecord> mapper)
    {
        if (filter is null)
        {
            return Nothing;
        }

        (MetadataFilter? pushed, Expression? rest) = new FilterTranslator().Translate(filter, schema.Model);
        if (rest is null)
        {
            return new RecordFilter<TRecord>(pushed);
        }

        ParameterExpression record = filter.Parameters[0];
        IReadOnlyCollection<VectorColumn> vectors = ConditionVectors.Of(rest, record, schema);
        Func<TRecord, bool> condition = Expression.Lambda<Func<TRecord, bool>>(rest, record).Compile();
        return new RecordFilter<TRecord>(
            pushed, new KeyCondition(record, schema.Model.KeyProperty).IdsOf(rest), row => condition(mapper.ToRecord(row, vectors)));
    }

    /// <summary>The rows that the condition holds for, by insertion.</summary>
    public IEnumerable<StoredRecord> List(ColumnReading reading, CancellationToken cancellationToken)
    {
        IEnumerable<StoredRecord> rows = reading.List(_pushed, _ids).Select(item => item.Value);
        return Condition(cancellationToken) is { } condition ? rows.Where(condition) : rows;
    }

    /// <summary>Finds out which rows the condition holds for, asking each record once; null for all.</summary>
    public RowFilter<StoredRecord>? Find(ColumnReading reading, CancellationToken cancellationToken) =>
        _pushed is null && _condition is null ? null : reading.Find(_pushed ?? MetadataFilter.All(), Condition(cancellationToken), _ids);

    private Func<StoredRecord, bool>? Condition(CancellationToken cancellationToken) => _condition is null ? null : row =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _condition(row);
    };
}
