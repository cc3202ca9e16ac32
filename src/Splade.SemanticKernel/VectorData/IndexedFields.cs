using Microsoft.Extensions.VectorData.ProviderServices;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Which data is in the metadata of rows, and of which types it was: what indexes can be asked for.</summary>
/// <remarks>
/// Two definitions of one collection may index other properties, or have them as other types, and rows stay as they were written. So a table
/// remembers what all its rows have; an empty one starts anew.
/// </remarks>
internal sealed class IndexedFields
{
    /// <summary>Under which name a table remembers them.</summary>
    public const string SpaceName = "indexed data";

    private const string Separator = ", ";

    private readonly SortedSet<string> _fields;

    private IndexedFields(IEnumerable<string> fields) => _fields = new SortedSet<string>(fields, StringComparer.Ordinal);

    /// <summary>Those of the rows that are written with a model.</summary>
    public static IndexedFields Of(CollectionModel model) => new(model.DataProperties.Where(IsIndexed).Select(Describe));

    /// <summary>Those that all rows of a table have; none if it does not remember any.</summary>
    public static IndexedFields Of(IReadOnlyDictionary<string, string> space) =>
        new(space.GetValueOrDefault(SpaceName)?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? []);

    /// <summary>Whether values of a property are in the metadata of rows that are written with it.</summary>
    public static bool IsIndexed(DataPropertyModel property) => property.IsIndexed && FilterValue.Knows(property.Type);

    /// <summary>Whether the rows have a property's values in the form that its filters compare.</summary>
    public bool Has(DataPropertyModel property) => IsIndexed(property) && _fields.Contains(Describe(property));

    /// <summary>Whether the rows have all the others.</summary>
    public bool Cover(IndexedFields others) => _fields.IsSupersetOf(others._fields);

    /// <summary>Those that are among the others too.</summary>
    public IndexedFields And(IndexedFields others) => new(_fields.Where(others._fields.Contains));

    /// <summary>As a table remembers them.</summary>
    public override string ToString() => string.Join(Separator, _fields);

    // Whether null is allowed, and whether several values are a list or an array, makes no difference to the form. Escaped names have no commas.
    private static string Describe(DataPropertyModel property) => DataValues.ItemTypeOf(property.Type) is Type item
        ? $"{Uri.EscapeDataString(property.StorageName)} {NameOf(item)}[]"
        : $"{Uri.EscapeDataString(property.StorageName)} {NameOf(Nullable.GetUnderlyingType(property.Type) ?? property.Type)}";

    // Rows that were written before local times became instants have others, which no longer are what filters compare.
    private static string NameOf(Type type) => type == typeof(DateTime) ? "DateTime in UTC" : type.Name;
}
