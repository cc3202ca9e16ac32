using Google.Protobuf.WellKnownTypes;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Match = Qdrant.Client.Grpc.Match;
using Range = Qdrant.Client.Grpc.Range;

namespace Splade.AI.Qdrant.Payload;

/// <summary>Filters in Qdrant's words.</summary>
/// <remarks>
/// What matches all or nothing is found here and never sent: an empty <c>should</c> is no condition for Qdrant, and would match all. What Qdrant cannot
/// express is refused, also in a part that would not matter.
/// </remarks>
/// <param name="isIndexed">Whether there is an index at a path; null if none is needed.</param>
internal sealed class FilterTranslator(Func<string, bool>? isIndexed = null)
{
    /// <summary>Translates a filter.</summary>
    /// <exception cref="NotSupportedException">It cannot be expressed, or a field has no index and needs one.</exception>
    public TranslatedFilter Translate(MetadataFilter? filter) => filter is null ? TranslatedFilter.All : filter.Kind switch
    {
        MetadataFilterKind.All => TranslatedFilter.And([.. filter.Parts.Select(Translate)]),
        MetadataFilterKind.Any => TranslatedFilter.Or([.. filter.Parts.Select(Translate)]),
        MetadataFilterKind.Not => Translate(filter.Parts[0]).Negate(),
        MetadataFilterKind.Exists => Having(
            PayloadNames.FieldsPath, filter.Field!, new Match { Keyword = PayloadText.Require(filter.Field!, "the name of a field in a filter") }),
        MetadataFilterKind.Range => OfRange(filter),
        _ => TranslatedFilter.Or([.. filter.Values.GroupBy(value => value.Kind).Select(same => In(filter.Field!, same.Key, [.. same]))]),
    };

    private TranslatedFilter In(string field, MetadataKind kind, MetadataValue[] values)
    {
        string path = PayloadNames.PathOf(field, kind);
        if (kind == MetadataKind.Text)
        {
            var match = new RepeatedStrings();
            match.Strings.AddRange(values.Distinct().Select(value => PayloadText.Require(value.AsString(), $"a value for '{field}' in a filter")));
            return Having(path, field, new Match { Keywords = match });
        }

        return TranslatedFilter.Or([.. values.Distinct().Select(value => kind switch
        {
            MetadataKind.Number => Of(path, field, new FieldCondition { Range = new Range { Gte = value.AsNumber(), Lte = value.AsNumber() } }),
            MetadataKind.Boolean => Having(path, field, new Match { Boolean = value.AsBoolean() }),
            _ => Of(path, field, new FieldCondition { DatetimeRange = At(PayloadDate.Of(value.AsDate())) }),
        })]);
    }

    private static DatetimeRange At(Timestamp time) => new() { Gte = time, Lte = time };

    private TranslatedFilter OfRange(MetadataFilter filter)
    {
        MetadataKind kind = (filter.Low ?? filter.High)!.Kind;
        if (kind == MetadataKind.Text)
        {
            throw new NotSupportedException(
                $"Found a range of texts of the field '{filter.Field}' ({filter}), expected one of numbers or dates: Qdrant has no order of texts. "
                + "Ask for the texts themselves, or keep beside the text a number or a date to compare.");
        }

        FieldCondition condition = kind == MetadataKind.Number
            ? new FieldCondition { Range = Numbers(filter) }
            : new FieldCondition { DatetimeRange = Dates(filter) };
        return Of(PayloadNames.PathOf(filter.Field!, kind), filter.Field!, condition);
    }

    // A bound that is not set is none; Qdrant tells one that is 0 from it.
    private static Range Numbers(MetadataFilter filter)
    {
        var range = new Range();
        if (filter.Low?.AsNumber() is double low)
        {
            _ = filter.LowIncluded ? range.Gte = low : range.Gt = low;
        }

        if (filter.High?.AsNumber() is double high)
        {
            _ = filter.HighIncluded ? range.Lte = high : range.Lt = high;
        }

        return range;
    }

    private static DatetimeRange Dates(MetadataFilter filter)
    {
        var range = new DatetimeRange();
        if (filter.Low?.AsDate() is DateTimeOffset low)
        {
            _ = filter.LowIncluded ? range.Gte = PayloadDate.Of(low) : range.Gt = PayloadDate.Of(low);
        }

        if (filter.High?.AsDate() is DateTimeOffset high)
        {
            _ = filter.HighIncluded ? range.Lte = PayloadDate.Of(high) : range.Lt = PayloadDate.Of(high);
        }

        return range;
    }

    private TranslatedFilter Having(string path, string field, Match match) => Of(path, field, new FieldCondition { Match = match });

    private TranslatedFilter Of(string path, string field, FieldCondition condition)
    {
        condition.Key = path;
        return isIndexed?.Invoke(path) is not false ? TranslatedFilter.Of(new Condition { Field = condition }) : throw new NotSupportedException(
            $"Found a filter on the field '{field}', which has no index of this kind in Qdrant ({path}): every record would be read. "
            + $"Name it in {nameof(QdrantHybridStoreOptions.Indexes)}, or allow it by {nameof(QdrantHybridStoreOptions.RefuseUnindexedFilters)}.");
    }
}
