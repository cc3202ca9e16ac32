using System.Text.Json;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

public sealed class MetadataFilterTests
{
    private static readonly JsonSerializerOptions Json = SpladeJsonUtilities.DefaultOptions;

    private static readonly Dictionary<string, MetadataValue> Record = new()
    {
        ["lang"] = "en",
        ["year"] = 2024,
        ["draft"] = false,
        ["due"] = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero),
        ["tags"] = new[] { "a", "b" },
        ["pages"] = new[] { 3, 50 },
        ["none"] = MetadataValue.FromList([]),
    };

    [Fact]
    public void Matches_Lists_GoByOneOfTheirItems()
    {
        Assert.True(MetadataFilter.Equal("tags", "a").Matches(Record));
        Assert.False(MetadataFilter.Equal("tags", "c").Matches(Record));
        Assert.True((MetadataFilter.Equal("tags", "a") & MetadataFilter.Equal("tags", "b")).Matches(Record));
        Assert.True(MetadataFilter.In("tags", "c", "b").Matches(Record));
        Assert.True(MetadataFilter.In("tags", new[] { "c", "b" }).Matches(Record));

        // No single item is between them.
        Assert.False(MetadataFilter.Between("pages", 10, 20).Matches(Record));
        Assert.True((MetadataFilter.AtLeast("pages", 10) & MetadataFilter.AtMost("pages", 20)).Matches(Record));
        Assert.True(MetadataFilter.Exists("none").Matches(Record));
        Assert.False(MetadataFilter.In("none", "a", 1).Matches(Record));
    }

    [Fact]
    public void Matches_MissingFieldOrOtherKind_OnlyUnderNot()
    {
        MetadataFilter[] wrong =
        [
            MetadataFilter.Equal("year", "2024"), MetadataFilter.Equal("lang", 1), MetadataFilter.AtLeast("lang", 0), MetadataFilter.AtLeast("year", ""),
            MetadataFilter.AtMost("draft", 5), MetadataFilter.AtMost("due", "9"), MetadataFilter.Equal("no", "en"), MetadataFilter.Exists("no"),
            MetadataFilter.Below("no", 5), MetadataFilter.In("lang"), MetadataFilter.Any(),
            MetadataFilter.Equal("Lang", "en"), MetadataFilter.Equal("lang", "EN"),
        ];
        Assert.All(wrong, filter => Assert.False(filter.Matches(Record), filter.ToString()));
        Assert.All(wrong, filter => Assert.True((!filter).Matches(Record), filter.ToString()));
        Assert.True(MetadataFilter.All().Matches(Record));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Matches_GeneratedFilters_MeanWhatTheySay(int seed)
    {
        var generated = new GeneratedMetadata(seed);
        Dictionary<string, MetadataValue>[] records = [.. Enumerable.Range(0, 100).Select(_ => generated.Next())];
        int matches = 0;
        for (int i = 0; i < 300; i++)
        {
            (MetadataFilter filter, Func<IReadOnlyDictionary<string, MetadataValue>, bool> means) = generated.Filter();
            var read = JsonSerializer.Deserialize<MetadataFilter>(JsonSerializer.Serialize(filter, Json), Json)!;
            Assert.Equal(filter.ToString(), read.ToString());
            foreach (Dictionary<string, MetadataValue> record in records)
            {
                bool expected = means(record);
                matches += expected ? 1 : 0;
                Assert.True(expected == filter.Matches(record), $"{filter} on {string.Join(", ", record)}");
                Assert.Equal(expected, read.Matches(record));
            }
        }

        Assert.InRange(matches, 5_000, 25_000);
    }

    [Fact]
    public void ToString_Filters_AreReadable()
    {
        MetadataFilter filter = MetadataFilter.Equal("lang", "e\"n") & (MetadataFilter.InRange("year", gte: 2020, lt: 2024) | !MetadataFilter.Exists("year"))
            & MetadataFilter.In("tags", "a", 1) & !(MetadataFilter.Above("x", 1) & MetadataFilter.AtMost("y", "b"));
        Assert.Equal(
            """lang = "e\"n" and ((year >= 2020 and year < 2024) or not year exists) and tags in ["a", 1] and not (x > 1 and y <= "b")""", filter.ToString());
        Assert.Equal(("everything", "nothing"), (MetadataFilter.All().ToString(), MetadataFilter.Any().ToString()));
    }

    [Theory]
    [InlineData("""{"field":"lang","eq":"en"}""", """lang = "en" """)]
    [InlineData("""{"field":"lang","in":["en","de"]}""", """lang in ["en", "de"]""")]
    [InlineData("""{"field":"year","gte":2020,"lt":2024}""", "year >= 2020 and year < 2024")]
    [InlineData("""{"lte":2,"field":"year"}""", "year <= 2")]
    [InlineData("""{"field":"due","gt":{"date":"2024-05-01"}}""", "due > 2024-05-01T00:00:00+00:00")]
    [InlineData("""{"field":"tags","exists":true}""", "tags exists")]
    [InlineData("""{"field":"tags","exists":false}""", "not tags exists")]
    [InlineData("""{"any":[{"field":"a","eq":1},{"not":{"all":[]}}]}""", "a = 1 or not everything")]
    public void Json_Filters_AreRead(string json, string expected) =>
        Assert.Equal(expected.TrimEnd(), JsonSerializer.Deserialize<MetadataFilter>(json, Json)!.ToString());

    [Theory]
    [InlineData("[]", "StartArray")]
    [InlineData("{}", "do not go together")]
    [InlineData("""{"field":"a"}""", "do not go together")]
    [InlineData("""{"field":5,"eq":5}""", "do not go together")]
    [InlineData("""{"field":"","eq":5}""", "field")]
    [InlineData("""{"eq":5}""", "do not go together")]
    [InlineData("""{"field":"a","eq":5,"gt":2}""", "do not go together")]
    [InlineData("""{"field":"a","gte":5,"gt":2}""", "do not go together")]
    [InlineData("""{"field":"a","eq":5,"eq":6}""", "'eq' twice")]
    [InlineData("""{"field":"a","equals":5}""", "'equals'")]
    [InlineData("""{"field":"a","eq":[1,2]}""", "a single value")]
    [InlineData("""{"field":"a","in":5}""", "do not go together")]
    [InlineData("""{"field":"a","exists":1}""", "do not go together")]
    [InlineData("""{"field":"a","gt":true}""", "a string, a number or a date")]
    [InlineData("""{"field":"a","gt":1,"lt":"b"}""", "bounds of one kind")]
    [InlineData("""{"field":"a","eq":null}""", "Null")]
    [InlineData("""{"all":{}}""", "a list of filters")]
    [InlineData("""{"all":[],"any":[]}""", "do not go together")]
    [InlineData("""{"all":[],"field":"a"}""", "do not go together")]
    [InlineData("""{"not":[]}""", "StartArray")]
    public void Json_WhatNoFilterIs_IsRefused(string json, string reason)
    {
        JsonException error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MetadataFilter>(json, Json));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factories_InvalidArguments_NameTheParameter()
    {
        Assert.Throws<ArgumentException>("field", () => MetadataFilter.Equal("", 1));
        Assert.Throws<ArgumentException>("field", () => MetadataFilter.Exists(""));
        Assert.Throws<ArgumentException>("field", () => MetadataFilter.AtLeast("", 1));
        Assert.Throws<ArgumentNullException>("value", () => MetadataFilter.Equal("a", null!));
        Assert.Throws<ArgumentException>("value", () => MetadataFilter.Equal("a", new[] { 1 }));
        Assert.Throws<ArgumentException>("values", () => MetadataFilter.In("a", 1, null!));
        Assert.Throws<ArgumentNullException>("bound", () => MetadataFilter.Above("a", null!));
        Assert.Throws<ArgumentException>("bound", () => MetadataFilter.Below("a", true));
        Assert.Throws<ArgumentException>("high", () => MetadataFilter.Between("a", 1, "b"));
        Assert.Throws<ArgumentException>("filters", () => MetadataFilter.All(MetadataFilter.Exists("a"), null!));
        Assert.Throws<ArgumentNullException>("filter", () => MetadataFilter.Not(null!));
        Assert.Throws<ArgumentNullException>("metadata", () => MetadataFilter.All().Matches(null!));
    }
}
