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
    private RecordFilter(MetadataFilter? pushed, Func<StoredRecord, bool>? condition)
    {
        Pushed = pushed;
        Condition = condition;
    }

    /// <summary>What the metadata has to match; null for anything.</summary>
    public MetadataFilter? Pushed { get; }

    /// <summary>What has to hold of a row's record; null for nothing.</summary>
    public Func<StoredRecord, bool>? Condition { get; }

    public bool IsForAll => Pushed is null && Condition is null;

    /// <exception cref="InvalidOperationException">The filter names something that is no property of the records.</exception>
    public static RecordFilter<TRecord> Of(Expression<Func<TRecord, bool>>? filter, CollectionModel model, RecordMapper<TRecord> mapper)
    {
        if (filter is null)
        {
            return new RecordFilter<TRecord>(null, null);
        }

        (MetadataFilter? pushed, Expression? rest) = new FilterTranslator().Translate(filter, model);
        if (rest is null)
        {
            return new RecordFilter<TRecord>(pushed, null);
        }

        Func<TRecord, bool> condition = Expression.Lambda<Func<TRecord, bool>>(rest, filter.Parameters[0]).Compile();
        return new RecordFilter<TRecord>(pushed, row => condition(mapper.ToRecord(row, includeVectors: false)));
    }
}
