using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

// The filter of the older interface.
#pragma warning disable CS0618

namespace Splade.SemanticKernel.TextSearch;

/// <summary>A filter that names fields: properties of the record, or else keys of the metadata. Values are compared as they are written.</summary>
[Experimental("SKEXP0001")]
internal static class FieldFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>
    where TRecord : class
{
    /// <summary>The filter as a function; null for none.</summary>
    /// <exception cref="NotSupportedException">A clause is not one of equality.</exception>
    public static Func<FoundText<TRecord>, bool>? Of(TextSearchFilter? filter)
    {
        Func<FoundText<TRecord>, bool>[] clauses = [.. (filter?.FilterClauses ?? []).Select(Of)];
        return clauses.Length == 0 ? null : found => Array.TrueForAll(clauses, clause => clause(found));
    }

    private static Func<FoundText<TRecord>, bool> Of(FilterClause clause)
    {
        if (clause is not EqualToFilterClause equal)
        {
            throw new NotSupportedException(
                $"Found a filter clause of type {clause.GetType().Name}, expected {nameof(EqualToFilterClause)}. "
                + "Use the filter expression of ITextSearch<TRecord> for other conditions.");
        }

        string? expected = Written(equal.Value);
        return typeof(TRecord).GetProperty(equal.FieldName, BindingFlags.Public | BindingFlags.Instance) is PropertyInfo property
            ? found => Written(property.GetValue(found.Record)) == expected
            : found => HitReader.Value(found.Hit, equal.FieldName) == expected;
    }

    // Models give numbers as texts, and all of it as JSON.
    private static string? Written(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Null } => null,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        JsonElement json => json.GetRawText(),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
