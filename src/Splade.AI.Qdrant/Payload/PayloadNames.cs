using System.Globalization;
using System.Text.RegularExpressions;
using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Payload;

/// <summary>What the payload of a point holds, and where filters find it.</summary>
internal static partial class PayloadNames
{
    /// <summary>The record's id.</summary>
    public const string Id = "id";

    /// <summary>The text.</summary>
    public const string Text = "text";

    /// <summary>The metadata as JSON, as it was put in.</summary>
    public const string Metadata = "meta";

    /// <summary>The metadata for filters: by kind, then by name, as lists.</summary>
    public const string Filters = "m";

    /// <summary>Beside the kinds: the names of all fields, also of empty lists.</summary>
    public const string Fields = "names";

    /// <summary>The lengths of dense vectors that are kept with length 1.</summary>
    public const string Lengths = "len";

    /// <summary>The tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>Where filters find the names of the fields of a record.</summary>
    public const string FieldsPath = $"{Filters}.{Fields}";

    /// <summary>Where filters find the values of one kind of a field.</summary>
    public static string PathOf(string field, MetadataKind kind) => $"{Filters}.{NameOf(kind)}.{Encode(field)}";

    public static string NameOf(MetadataKind kind) => kind switch
    {
        MetadataKind.Text => "text",
        MetadataKind.Number => "number",
        MetadataKind.Boolean => "boolean",
        MetadataKind.Date => "date",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected a kind of single values."),
    };

    /// <summary>
    /// A name that a path takes as it is: letters, digits, <c>_</c> and <c>-</c>; all else as <c>_x002E_</c>, and the same text itself too. Paths have quotation
    /// marks for other names, but not for those with one in them.
    /// </summary>
    public static string Encode(string field) =>
        Special().Replace(field, found => string.Create(CultureInfo.InvariantCulture, $"_x{(int)found.ValueSpan[0]:X4}_"));

    [GeneratedRegex(@"[^\p{L}\p{Nd}_-]|_(?=x[0-9A-F]{4}_)")]
    private static partial Regex Special();
}
