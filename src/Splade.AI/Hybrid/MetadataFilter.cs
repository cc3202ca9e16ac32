using System.Text.Json.Serialization;
using Splade.AI.Hybrid.Filtering;

namespace Splade.AI.Hybrid;

/// <summary>Describes which records are meant, by their metadata.</summary>
/// <remarks>
/// <para>
/// Combined by operators: <c>MetadataFilter.Equal("lang", "en") &amp; (MetadataFilter.AtLeast("year", 2020) | !MetadataFilter.Exists("year"))</c>.
/// </para>
/// <para>
/// A field that is a list matches where any of its items does, as in Qdrant, Elasticsearch and MongoDB: <c>Equal("tags", "a")</c> asks whether
/// the list has it. A record without the field, or with a value of another kind, does not match: 2024 is not "2024". Not turns that round, so
/// <c>!Equal("lang", "en")</c> also matches records without a language. Names of fields and strings are compared by ordinal.
/// </para>
/// <para>
/// In JSON (<see cref="SpladeJsonUtilities.DefaultOptions"/>): <c>{"field":"lang","eq":"en"}</c>, <c>{"field":"lang","in":["en","de"]}</c>,
/// <c>{"field":"year","gte":2020,"lt":2024}</c>, <c>{"field":"tags","exists":true}</c>, <c>{"all":[..]}</c>, <c>{"any":[..]}</c>,
/// <c>{"not":{..}}</c>. Immutable; safe for concurrent use.
/// </para>
/// </remarks>
[JsonConverter(typeof(MetadataFilterConverter))]
public sealed partial class MetadataFilter
{
    private MetadataFilter(MetadataFilterKind kind) => Kind = kind;

    /// <summary>Gets what the filter asks.</summary>
    public MetadataFilterKind Kind { get; }

    /// <summary>Gets the name of the field; null for a filter that is made of others.</summary>
    public string? Field { get; private init; }

    /// <summary>Gets the values of <see cref="MetadataFilterKind.In"/>; else none.</summary>
    public IReadOnlyList<MetadataValue> Values { get; private init; } = [];

    /// <summary>Gets the lower bound of <see cref="MetadataFilterKind.Range"/>; null if there is none. Both bounds are of one kind.</summary>
    public MetadataValue? Low => Range?.Low;

    /// <summary>Gets a value indicating whether <see cref="Low"/> itself is within.</summary>
    public bool LowIncluded => Range?.LowIncluded ?? false;

    /// <summary>Gets the upper bound of <see cref="MetadataFilterKind.Range"/>; null if there is none.</summary>
    public MetadataValue? High => Range?.High;

    /// <summary>Gets a value indicating whether <see cref="High"/> itself is within.</summary>
    public bool HighIncluded => Range?.HighIncluded ?? false;

    /// <summary>Gets the filters that this one is made of.</summary>
    public IReadOnlyList<MetadataFilter> Parts { get; private init; } = [];

    /// <summary>Determines whether a record with this metadata matches.</summary>
    public bool Matches(IReadOnlyDictionary<string, MetadataValue> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return Kind switch
        {
            MetadataFilterKind.All => Parts.All(part => part.Matches(metadata)),
            MetadataFilterKind.Any => Parts.Any(part => part.Matches(metadata)),
            MetadataFilterKind.Not => !Parts[0].Matches(metadata),
            _ => metadata.TryGetValue(Field!, out MetadataValue? value) && (Kind == MetadataFilterKind.Exists || value.Items.Any(MatchesItem)),
        };
    }

    /// <summary>The filter as a condition that people read, for example <c>lang = "en" and year >= 2020</c>.</summary>
    public override string ToString() => FilterText.Of(this);

    /// <summary>The range of <see cref="MetadataFilterKind.Range"/>; else null.</summary>
    internal MetadataRange? Range { get; private init; }

    private bool MatchesItem(MetadataValue item) => Range is null ? Values.Contains(item) : Range.Contains(item);
}
