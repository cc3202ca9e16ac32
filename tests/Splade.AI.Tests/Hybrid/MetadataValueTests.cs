using System.Text.Json;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

public sealed class MetadataValueTests
{
    private static readonly JsonSerializerOptions Json = SpladeJsonUtilities.DefaultOptions;

    private static readonly DateTimeOffset Date = new(2024, 5, 1, 10, 30, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Conversions_PlainValues_HaveTheirKind()
    {
        Dictionary<string, MetadataValue> sut = new()
        {
            ["lang"] = "en",
            ["year"] = 2024,
            ["weight"] = .5f,
            ["draft"] = false,
            ["due"] = Date,
            ["tags"] = new[] { "a", "b" },
            ["pages"] = new[] { 1, 2 },
            ["scores"] = new[] { .5, 2 },
        };

        Assert.Equal("en", sut["lang"].AsString());
        Assert.Equal(2024, sut["year"].AsNumber());
        Assert.Equal(.5, sut["weight"].AsNumber());
        Assert.False(sut["draft"].AsBoolean());
        Assert.Equal(Date, sut["due"].AsDate());
        Assert.Equal(Date.Offset, sut["due"].AsDate().Offset);
        Assert.Equal(["a", "b"], sut["tags"].AsList().Select(item => item.AsString()));
        Assert.Equal([1, 2], sut["pages"].AsList().Select(item => item.AsNumber()));
        Assert.Equal([.5, 2], sut["scores"].AsList().Select(item => item.AsNumber()));
    }

    [Fact]
    public void Equals_Values_GoByKindAndValue()
    {
        MetadataValue[] different = ["1", 1, true, Date, new[] { 1 }, new[] { "1" }, MetadataValue.FromList([]), "", 0, false];
        Assert.Equal(different.Length, different.Distinct().Count());
        (MetadataValue, MetadataValue)[] same =
        [
            ("a", "a"), (0.0, -0.0), (5, 5.0), (Date, Date.ToUniversalTime()), (new[] { "a", "b" }, new[] { "a", "b" }),
        ];
        Assert.All(same, pair =>
        {
            Assert.Equal(pair.Item1, pair.Item2);
            Assert.Equal(pair.Item1.GetHashCode(), pair.Item2.GetHashCode());
        });
        Assert.NotEqual<MetadataValue>(new[] { "a", "b" }, new[] { "b", "a" });
    }

    [Fact]
    public void ToString_Values_AreReadable()
    {
        MetadataValue[] values = ["a b", 2024, .5, true, Date, Date.AddTicks(1), new[] { "a", "b" }];
        Assert.Equal(
            ["a b", "2024", "0.5", "true", "2024-05-01T10:30:00+02:00", "2024-05-01T10:30:00.0000001+02:00", "a, b"], values.Select(value => value.ToString()));
    }

    [Fact]
    public void Conversions_WhatNoValueIs_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("value", () => (MetadataValue)double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => (MetadataValue)double.PositiveInfinity);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => (MetadataValue)((1L << 53) + 1));
        Assert.Equal(1L << 53, ((MetadataValue)(1L << 53)).AsNumber());
        Assert.Throws<ArgumentOutOfRangeException>("value", () => (MetadataValue)ulong.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => (MetadataValue)((1UL << 53) + 1));
        Assert.Equal(1L << 53, ((MetadataValue)(1UL << 53)).AsNumber());
        Assert.Equal(uint.MaxValue, ((MetadataValue)uint.MaxValue).AsNumber());
        Assert.Throws<ArgumentNullException>("value", () => (MetadataValue)(string)null!);
        Assert.Throws<ArgumentException>("values", () => (MetadataValue)new[] { "a", null! });
        ArgumentException inList = Assert.Throws<ArgumentException>("values", () => MetadataValue.FromList(["a", new[] { 1 }]));
        Assert.Contains("position 1", inList.Message, StringComparison.Ordinal);
        InvalidOperationException asOther = Assert.Throws<InvalidOperationException>(() => ((MetadataValue)5).AsString());
        Assert.Contains("Found a value of the kind Number (5), expected Text", asOther.Message, StringComparison.Ordinal);
        var metadata = new Dictionary<string, MetadataValue> { ["year"] = null! };
        ArgumentException ofText = Assert.Throws<ArgumentException>("metadata", () => new HybridText("1", "t", metadata));
        Assert.Contains("'year' is null", ofText.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Values_AreThoseOfJson()
    {
        Dictionary<string, MetadataValue> metadata = new() { ["a"] = "2024-05-01", ["b"] = 5, ["c"] = true, ["d"] = Date, ["e"] = new[] { 1, 2 } };
        string json = JsonSerializer.Serialize<IReadOnlyDictionary<string, MetadataValue>>(metadata, SpladeJsonUtilities.CompactOptions);
        Assert.Equal(
            """{"a":"2024-05-01","b":5,"c":true,"d":{"date":"2024-05-01T10:30:00+02:00"},"e":[1,2]}""",
            json.Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Json_GeneratedMetadata_RoundTrips(int seed)
    {
        var generated = new GeneratedMetadata(seed);
        for (int i = 0; i < 200; i++)
        {
            IReadOnlyDictionary<string, MetadataValue> metadata = generated.Next();
            IReadOnlyDictionary<string, MetadataValue> read =
                JsonSerializer.Deserialize<IReadOnlyDictionary<string, MetadataValue>>(JsonSerializer.Serialize(metadata, Json), Json)!;
            Assert.Equal(metadata.OrderBy(m => m.Key, StringComparer.Ordinal), read.OrderBy(m => m.Key, StringComparer.Ordinal));
            Assert.All(metadata.Where(m => m.Value.Kind == MetadataKind.Date), m => Assert.Equal(m.Value.AsDate().Offset, read[m.Key].AsDate().Offset));
        }
    }

    [Theory]
    [InlineData("2024-05-01", "2024-05-01T00:00:00+00:00")]
    [InlineData("2024-05-01T10:30", "2024-05-01T10:30:00+00:00")]
    [InlineData("2024-05-01T10:30:00Z", "2024-05-01T10:30:00+00:00")]
    [InlineData("2024-05-01T10:30:00\\u002B02:00", "2024-05-01T10:30:00+02:00")]
    [InlineData("2024-05-01T10:30:00.123456789-05:00", "2024-05-01T10:30:00.1234568-05:00")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999+00:00")]
    public void Json_DatesOfIso8601_AreOfUtcWhereNothingIsSaid(string written, string expected)
    {
        MetadataValue read = JsonSerializer.Deserialize<MetadataValue>($$"""{"date":"{{written}}"}""", Json)!;
        Assert.Equal(expected, read.ToString());
    }

    [Theory]
    [InlineData("9007199254740992", 9007199254740992)]
    [InlineData("-0", 0)]
    [InlineData("1e25", 1e25)]
    [InlineData("9007199254740993.0", 9007199254740992)]
    public void Json_NumbersThatADoubleHas_AreRead(string json, double expected) =>
        Assert.Equal(expected, JsonSerializer.Deserialize<MetadataValue>(json, Json)!.AsNumber());

    [Theory]
    [InlineData("[[1]]", "StartArray")]
    [InlineData("{}", "no date")]
    [InlineData("""{"day":"2024"}""", "no date")]
    [InlineData("""{"date":"soon"}""", "'soon'")]
    [InlineData("""{"date":5}""", "Number")]
    [InlineData("""{"date":"2024-05-01","time":1}""", "more than 'date'")]
    [InlineData("""{"date":"10:30"}""", "'10:30'")]
    [InlineData("""{"date":"1/2"}""", "'1/2'")]
    [InlineData("""{"date":"May"}""", "'May'")]
    [InlineData("""{"date":"5"}""", "'5'")]
    [InlineData("""{"date":"2024-05"}""", "'2024-05'")]
    [InlineData("""{"date":"Wed, 01 May 2024 10:30:00 GMT"}""", "'Wed, 01 May 2024 10:30:00 GMT'")]
    [InlineData("9007199254740993", "-2^53")]
    [InlineData("-9223372036854775809", "-9223372036854775809 is no value of metadata: Expected a number that a double has exactly")]
    [InlineData("[9223372036854775809]", "from -2^53 to 2^53")]
    [InlineData("123456789012345678901234567890", "-2^53")]
    [InlineData("1e400", "finite")]
    public void Json_WhatNoValueIs_IsRefused(string json, string reason)
    {
        JsonException error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MetadataValue>(json, Json));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
