using Splade.AI.Hybrid;
using Meaning = System.Func<System.Collections.Generic.IReadOnlyDictionary<string, Splade.AI.Hybrid.MetadataValue>, bool>;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Seeded metadata of a few fields with few values, so that filters hit, and filters with what they mean said again in the most obvious way.</summary>
internal sealed class GeneratedMetadata(int seed)
{
    private static readonly string[] Fields = ["lang", "year", "tags", "due", "mixed"];

    /// <summary>Beyond the first plane, and private use before it: ordinal order is that of UTF-16, not of code points.</summary>
    private static readonly string[] Texts = ["", "a", "A", "ab", "b", "é", "\uE000", "\U0001F600", "z"];

    private static readonly DateTimeOffset Day = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);

    public Dictionary<string, MetadataValue> Next()
    {
        var metadata = new Dictionary<string, MetadataValue>();
        foreach (string field in Fields)
        {
            if (_random.Next(4) > 0)
            {
                metadata[field] = field switch
                {
                    "lang" => Text(),
                    "year" => Number(),
                    "due" => Date(),
                    "tags" => MetadataValue.FromList(Enumerable.Range(0, _random.Next(4)).Select(_ => Text())),
                    _ => _random.Next(5) == 0 ? MetadataValue.FromList(Enumerable.Range(0, _random.Next(4)).Select(_ => Scalar())) : Scalar(),
                };
            }
        }

        return metadata;
    }

    public (MetadataFilter Filter, Meaning Means) Filter(int depth = 3)
    {
        string field = _random.Next(12) == 0 ? "none" : Fields[_random.Next(Fields.Length)];
        MetadataValue value = field switch { "lang" or "tags" => Text(), "year" => Number(), "due" => Date(), _ => Scalar() };
        switch (_random.Next(depth > 0 ? 9 : 5))
        {
            case 0:
                return (MetadataFilter.Equal(field, value), m => Items(m, field).Any(item => Order(item, value) == 0));
            case 1:
                MetadataValue[] values = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Scalar())];
                return (MetadataFilter.In(field, values), m => Items(m, field).Any(item => values.Any(v => Order(item, v) == 0)));
            case 2:
                return (MetadataFilter.Exists(field), m => m.ContainsKey(field));
            case 3:
                return OneBound(field, value.Kind == MetadataKind.Boolean ? 7 : value);
            case 4:
                MetadataValue low = value.Kind == MetadataKind.Boolean ? 7 : value;
                MetadataValue high = low.Kind switch { MetadataKind.Text => Text(), MetadataKind.Number => Number(), _ => Date() };
                return (MetadataFilter.Between(field, low, high), m => Items(m, field).Any(item => Order(item, low) >= 0 && Order(item, high) <= 0));
            case 5:
                (MetadataFilter not, var means) = Filter(depth - 1);
                return (!not, m => !means(m));
            default:
                return Combined(depth);
        }
    }

    private (MetadataFilter Filter, Meaning Means) OneBound(string field, MetadataValue bound) => _random.Next(4) switch
    {
        0 => (MetadataFilter.AtLeast(field, bound), m => Items(m, field).Any(item => Order(item, bound) >= 0)),
        1 => (MetadataFilter.Above(field, bound), m => Items(m, field).Any(item => Order(item, bound) > 0)),
        2 => (MetadataFilter.AtMost(field, bound), m => Items(m, field).Any(item => Order(item, bound) <= 0)),
        _ => (MetadataFilter.Below(field, bound), m => Items(m, field).Any(item => Order(item, bound) < 0)),
    };

    private (MetadataFilter Filter, Meaning Means) Combined(int depth)
    {
        var parts = Enumerable.Range(0, _random.Next(4)).Select(_ => Filter(depth - 1)).ToList();
        return _random.Next(2) == 0
            ? (MetadataFilter.All(parts.Select(part => part.Filter)), m => parts.TrueForAll(part => part.Means(m)))
            : (MetadataFilter.Any(parts.Select(part => part.Filter)), m => parts.Exists(part => part.Means(m)));
    }

    private static IEnumerable<MetadataValue> Items(IReadOnlyDictionary<string, MetadataValue> metadata, string field) =>
        !metadata.TryGetValue(field, out MetadataValue? value) ? [] : value.Kind == MetadataKind.List ? value.AsList() : [value];

    /// <summary>NaN, which no comparison takes, for values of two kinds.</summary>
    private static double Order(MetadataValue left, MetadataValue right) => (left.Kind, right.Kind) switch
    {
        (MetadataKind.Text, MetadataKind.Text) => string.CompareOrdinal(left.AsString(), right.AsString()),
        (MetadataKind.Number, MetadataKind.Number) => left.AsNumber() - right.AsNumber(),
        (MetadataKind.Date, MetadataKind.Date) => (left.AsDate() - right.AsDate()).Ticks,
        (MetadataKind.Boolean, MetadataKind.Boolean) => left.AsBoolean() == right.AsBoolean() ? 0 : 1,
        _ => double.NaN,
    };

    private MetadataValue Scalar() => _random.Next(4) switch { 0 => Text(), 1 => Number(), 2 => Date(), _ => _random.Next(2) == 0 };

    private MetadataValue Text() => Texts[_random.Next(Texts.Length)];

    private MetadataValue Number() => _random.Next(10) switch { 0 => -0.0, 1 => 0.5, 2 => -1e300, int n => n };

    // The same points in time come with several offsets.
    private MetadataValue Date() => Day.AddHours(_random.Next(6)).ToOffset(TimeSpan.FromMinutes(30 * _random.Next(-4, 5)));
}
