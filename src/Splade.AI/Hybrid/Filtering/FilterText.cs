namespace Splade.AI.Hybrid.Filtering;

/// <summary>Puts a filter into a line that people read.</summary>
internal static class FilterText
{
    public static string Of(MetadataFilter filter) => filter.Kind switch
    {
        MetadataFilterKind.In when filter.Values is [MetadataValue only] => $"{filter.Field} = {only.ToQuotedString()}",
        MetadataFilterKind.In => $"{filter.Field} in [{string.Join(", ", filter.Values.Select(value => value.ToQuotedString()))}]",
        MetadataFilterKind.Range => OfRange(filter.Field!, filter.Range!),
        MetadataFilterKind.Exists => $"{filter.Field} exists",
        MetadataFilterKind.All when filter.Parts.Count == 0 => "everything",
        MetadataFilterKind.All => string.Join(" and ", filter.Parts.Select(OfPart)),
        MetadataFilterKind.Any when filter.Parts.Count == 0 => "nothing",
        MetadataFilterKind.Any => string.Join(" or ", filter.Parts.Select(OfPart)),
        _ => $"not {OfPart(filter.Parts[0])}",
    };

    private static string OfPart(MetadataFilter part) => part is { Kind: MetadataFilterKind.All or MetadataFilterKind.Any, Parts.Count: > 1 }
        or { Kind: MetadataFilterKind.Range, Range: { Low: not null, High: not null } } ? $"({Of(part)})" : Of(part);

    private static string OfRange(string field, MetadataRange range)
    {
        string? low = range.Low is null ? null : $"{field} {(range.LowIncluded ? ">=" : ">")} {range.Low.ToQuotedString()}";
        string? high = range.High is null ? null : $"{field} {(range.HighIncluded ? "<=" : "<")} {range.High.ToQuotedString()}";
        return low is null || high is null ? low ?? high! : $"{low} and {high}";
    }
}
