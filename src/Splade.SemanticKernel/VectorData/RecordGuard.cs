using Microsoft.Extensions.VectorData.ProviderServices;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Refuses values of records that could not come back as they are, before any work is put into them.</summary>
internal static class RecordGuard
{
    /// <exception cref="ArgumentException">A value has another type than its property, or is a text that is not valid UTF-16.</exception>
    public static void Require(CollectionModel model, object record, string parameter)
    {
        foreach (PropertyModel property in model.PropertyMap.Values)
        {
            RequireType(property, record, parameter);
            if (property is not VectorPropertyModel)
            {
                RequireTexts(property, property.GetValueAsObject(record), parameter);
            }
        }
    }

    // Only dictionaries take values of any type.
    private static void RequireType(PropertyModel property, object record, string parameter)
    {
        Type expected = Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        if (record is Dictionary<string, object?> values && values.GetValueOrDefault(property.ModelName) is object value && value.GetType() != expected)
        {
            throw new ArgumentException(
                $"Found a value of type {NameOf(value.GetType())} for property '{property.ModelName}', expected {NameOf(expected)} as the definition says.",
                parameter);
        }
    }

    private static void RequireTexts(PropertyModel property, object? value, string parameter)
    {
        foreach (string? text in value is string one ? [one] : value as IEnumerable<string?> ?? [])
        {
            if (text is not null && Utf16.FindInvalid(text) is int at)
            {
                throw new ArgumentException(
                    $"Found half a surrogate pair (U+{(int)text[at]:X4}) at position {at} of a text of property '{property.ModelName}', expected valid UTF-16: "
                    + "it would not come back as it is.",
                    parameter);
            }
        }
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
