using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Splade.SemanticKernel.VectorData;

/// <summary>In which order records are wanted.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <param name="by">The properties, the first one first, and whether their values ascend.</param>
internal sealed class RecordOrder<TRecord>(IReadOnlyList<(PropertyModel Property, bool Ascending)> by)
    where TRecord : class
{
    private static readonly Comparer<object?> Values = Comparer<object?>.Create(
        (x, y) => x is string left && y is string right ? string.CompareOrdinal(left, right) : Comparer<object?>.Default.Compare(x, y));

    /// <exception cref="InvalidOperationException">The order goes by something that is no property of the records, or by a list.</exception>
    public static RecordOrder<TRecord> Of(
        Func<FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition, FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition>? order,
        CollectionModel model) =>
        new([.. (order?.Invoke(new FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition()).Values ?? [])
            .Select(sort => (Check(model.GetDataOrKeyProperty(sort.PropertySelector)), sort.Ascending))]);

    /// <summary>The records in order; equal ones stay as they were.</summary>
    public IEnumerable<TRecord> Apply(IEnumerable<TRecord> records)
    {
        IOrderedEnumerable<TRecord>? ordered = null;
        foreach ((PropertyModel property, bool ascending) in by)
        {
            ordered = (ordered, ascending) switch
            {
                (null, true) => records.OrderBy(property.GetValueAsObject, Values),
                (null, false) => records.OrderByDescending(property.GetValueAsObject, Values),
                (_, true) => ordered.ThenBy(property.GetValueAsObject, Values),
                (_, false) => ordered.ThenByDescending(property.GetValueAsObject, Values),
            };
        }

        return ordered ?? records;
    }

    private static PropertyModel Check(PropertyModel property) => property is VectorPropertyModel || DataValues.ItemTypeOf(property.Type) is not null
        ? throw new InvalidOperationException($"Property '{property.ModelName}' of type {property.Type.Name} has no order.")
        : property;
}
