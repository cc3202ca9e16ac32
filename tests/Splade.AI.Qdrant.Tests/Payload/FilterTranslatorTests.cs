using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;

namespace Splade.AI.Qdrant.Tests.Payload;

public sealed class FilterTranslatorTests
{
    private static readonly DateTimeOffset Date = new(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly FilterTranslator _sut = new();

    // For Qdrant an empty 'should' is no condition, and matches all.
    [Fact]
    public void Translate_WhatMatchesNothing_IsNeverSent()
    {
        MetadataFilter some = MetadataFilter.Equal("a", "x");
        Assert.All(
            [MetadataFilter.Any(), MetadataFilter.In("a"), !MetadataFilter.All(), some & MetadataFilter.Any(), MetadataFilter.Any() | MetadataFilter.In("b"), !(some | MetadataFilter.All())],
            filter => Assert.True(_sut.Translate(filter).MatchesNothing, filter.ToString()));
        Assert.All(
            [null, MetadataFilter.All(), !MetadataFilter.Any(), some | MetadataFilter.All(), !(some & MetadataFilter.Any())],
            filter => Assert.Null(Sent(filter)));
    }

    [Fact]
    public void Translate_Equalities_AskForTheKindOfTheValue()
    {
        Assert.Equal("""{ "must": [ { "field": { "key": "m.text.a", "match": { "keywords": { "strings": [ "2024", "b" ] } } } } ] }""", Sent(MetadataFilter.In("a", "2024", "b", "b")));
        Assert.Equal("""{ "must": [ { "field": { "key": "m.number.a", "range": { "gte": 2024, "lte": 2024 } } } ] }""", Sent(MetadataFilter.Equal("a", 2024)));
        Assert.Equal("""{ "must": [ { "field": { "key": "m.boolean.a", "match": { "boolean": false } } } ] }""", Sent(MetadataFilter.Equal("a", false)));
        Assert.Contains("\"datetimeRange\": { \"gte\": \"2024-05-01T10:00:00Z\", \"lte\": \"2024-05-01T10:00:00Z\" }", Sent(MetadataFilter.Equal("a", Date)), StringComparison.Ordinal);
        Assert.Contains("\"should\": [ { \"field\": { \"key\": \"m.number.a\"", Sent(MetadataFilter.In("a", 1, "1")), StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_Ranges_KeepTheirBounds()
    {
        Assert.Contains("\"range\": { \"gt\": 0 }", Sent(MetadataFilter.Above("a", 0)), StringComparison.Ordinal);
        Assert.Contains("\"range\": { \"gte\": -1, \"lte\": 2.5 }", Sent(MetadataFilter.Between("a", -1, 2.5)), StringComparison.Ordinal);
        Assert.Contains("\"datetimeRange\": { \"lt\": \"2024-05-01T10:00:00Z\" }", Sent(MetadataFilter.Below("a", Date)), StringComparison.Ordinal);
    }

    // Qdrant has microseconds: what is finer is cut off in records and filters alike.
    [Fact]
    public void Translate_DatesFinerThanMicroseconds_AreCutAsRecordsAre()
    {
        DateTimeOffset fine = Date.AddTicks(1234567);
        Assert.Equal("2024-05-01T10:00:00.123456Z", PayloadDate.Write(fine));
        Assert.Contains("\"gte\": \"2024-05-01T10:00:00.123456Z\"", Sent(MetadataFilter.AtLeast("a", fine)), StringComparison.Ordinal);
        Assert.Equal("0001-01-01T00:00:00.000000Z", PayloadDate.Write(DateTimeOffset.MinValue));
        Assert.NotNull(Sent(MetadataFilter.Between("a", DateTimeOffset.MinValue, DateTimeOffset.MaxValue)));
    }

    [Fact]
    public void Translate_Existence_AsksForTheNameWhateverItsValue() =>
        Assert.Equal("""{ "must": [ { "field": { "key": "m.names", "match": { "keyword": "a.b" } } } ] }""", Sent(MetadataFilter.Exists("a.b")));

    [Fact]
    public void Translate_Not_TurnsRoundAFilterOfItsOwn() => Assert.Contains(
        "\"mustNot\": [ { \"field\": { \"key\": \"m.text.a\"", Sent(!MetadataFilter.Equal("a", "x") & MetadataFilter.Equal("b", 1)), StringComparison.Ordinal);

    [Fact]
    public void Translate_RangeOfText_IsRefusedByFieldAndReason()
    {
        // Also where it would not matter.
        foreach (MetadataFilter filter in new[] { MetadataFilter.AtLeast("lang", "e"), MetadataFilter.Below("lang", "f") & MetadataFilter.Any(), !MetadataFilter.Between("lang", "a", "b") })
        {
            var error = Assert.Throws<NotSupportedException>(() => _sut.Translate(filter));
            Assert.Contains("'lang'", error.Message, StringComparison.Ordinal);
            Assert.Contains("no order of texts", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Translate_FieldWithoutAnIndexThatIsRequired_IsRefusedByName()
    {
        var sut = new FilterTranslator(path => path == "m.number.year");
        Assert.False(sut.Translate(MetadataFilter.AtLeast("year", 2000)).MatchesNothing);
        Assert.Contains("'year'", Assert.Throws<NotSupportedException>(() => sut.Translate(MetadataFilter.Equal("year", "2000"))).Message, StringComparison.Ordinal);
        Assert.Contains("'lang'", Assert.Throws<NotSupportedException>(() => sut.Translate(MetadataFilter.Equal("lang", "en"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_HalfASurrogatePair_IsRefused() => Assert.Throws<ArgumentException>(() => _sut.Translate(MetadataFilter.Equal("a", "\ud83c")));

    private string? Sent(MetadataFilter? filter) => _sut.Translate(filter).ToFilter()?.ToString();
}
