using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.Vectors;

public class SparseEmbeddingTests
{
    private static readonly string[] Names = ["plain", "web", "ai", "splade", "compact"];

    public static TheoryData<string> OptionNames => [.. Names];

    [Fact]
    public void Ctor_Vector_ShowsItsEntries()
    {
        var vector = new SparseVector([1, 3], [.5f, 2f], 10);
        var embedding = new SparseEmbedding(vector);

        Assert.Same(vector, embedding.Vector);
        Assert.Equal([1, 3], embedding.Indices.ToArray());
        Assert.Equal([.5f, 2f], embedding.Values.ToArray());
        Assert.Equal(10, embedding.Dimensions);
        Assert.Null(embedding.TokenCount);
        Assert.False(embedding.Truncated);
    }

    [Fact]
    public void Ctor_InvalidArguments_NameTheParameter()
    {
        Assert.Throws<ArgumentNullException>("vector", () => new SparseEmbedding(null!));
        Assert.Throws<ArgumentException>("values", () => new SparseEmbedding(new[] { 1 }, new[] { -1f }, 10));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new SparseEmbedding(new[] { 1 }, new[] { 1f }, 0));
    }

    [Theory]
    [MemberData(nameof(OptionNames))]
    public void Json_AsItself_RoundTrips(string optionsName)
    {
        JsonSerializerOptions options = Options(optionsName);
        SparseEmbedding embedding = CreateSut();

        string json = JsonSerializer.Serialize(embedding, options);
        SparseEmbedding read = JsonSerializer.Deserialize<SparseEmbedding>(json, options)!;

        AssertEqual(embedding, read);
    }

    [Theory]
    [MemberData(nameof(OptionNames))]
    public void Json_NoEntries_RoundTrips(string optionsName)
    {
        JsonSerializerOptions options = Options(optionsName);
        var embedding = new SparseEmbedding(new SparseVector([], [], 30522));

        string json = JsonSerializer.Serialize(embedding, options);

        AssertEqual(embedding, JsonSerializer.Deserialize<SparseEmbedding>(json, options)!);
    }

    [Theory]
    [MemberData(nameof(OptionNames))]
    public void Json_DensePayload_IsRefused(string optionsName)
    {
        JsonSerializerOptions options = Options(optionsName);
        string json = JsonSerializer.Serialize(new Embedding<float>(new[] { 1f, 2f }) { ModelId = "dense" }, options);

        AssertRefused<SparseEmbedding>(json, options);
    }

    [Theory]
    [MemberData(nameof(OptionNames))]
    public void Json_SparsePayload_IsRefusedByDenseEmbeddings(string optionsName)
    {
        JsonSerializerOptions options = Options(optionsName);
        string json = JsonSerializer.Serialize(CreateSut(), options);

        AssertRefused<Embedding<float>>(json, options);
        AssertRefused<Embedding<double>>(json, options);
        AssertRefused<Embedding<byte>>(json, options);
        AssertRefused<BinaryEmbedding>(json, options);
    }

    [Fact]
    public void Json_WrittenWithAnyOptions_IsReadWithAllThatNameThePropertiesSo()
    {
        string[] camelCase = [.. Names.Except(["plain"])];
        foreach (string writer in camelCase)
        {
            string json = JsonSerializer.Serialize(CreateSut(), Options(writer));
            Assert.All(camelCase, reader => AssertEqual(CreateSut(), JsonSerializer.Deserialize<SparseEmbedding>(json, Options(reader))!));
        }
    }

    [Fact]
    public void Json_Written_IsWhatTheDocumentationSays()
    {
        var embedding = new SparseEmbedding(new SparseVector([1, 3], [.5f, 2f], 10));

        string web = JsonSerializer.Serialize(embedding, JsonSerializerOptions.Web);
        string compact = JsonSerializer.Serialize(embedding, SpladeJsonUtilities.CompactOptions);
        Assert.StartsWith("""{"vector":{"indices":[1,3],"values":[0.5,2],"dimensions":10},""", web, StringComparison.Ordinal);
        Assert.StartsWith("""{"vector":{"base64":"U1BMVkVDDQo""", compact, StringComparison.Ordinal);
        Assert.Equal("""{"indices":[1,3],"values":[0.5,2],"dimensions":10}""", JsonSerializer.Serialize(embedding.Vector));
    }

    [Theory]
    [InlineData("""{"dimensions":10}""")]
    [InlineData("""{"indices":[1,2],"dimensions":10}""")]
    [InlineData("""{"values":[1,2],"dimensions":10}""")]
    [InlineData("""{"indices":[1,2],"values":[1],"dimensions":10}""")]
    [InlineData("""{"indices":[1,2],"values":[1,2]}""")]
    [InlineData("""{"indices":[],"values":[]}""")]
    [InlineData("""{"indices":[2,1],"values":[1,2],"dimensions":10}""")]
    [InlineData("""{"indices":[1,10],"values":[1,2],"dimensions":10}""")]
    [InlineData("""{"indices":[1],"values":[1],"dimensions":0}""")]
    [InlineData("""{"indices":[1],"indices":[2],"values":[1],"dimensions":10}""")]
    [InlineData("""{"indices":[1],"values":[1],"dimensions":10,"vector":[1,2]}""")]
    [InlineData("""{"indices":null,"values":null,"dimensions":10}""")]
    [InlineData("""{"indices":[1],"values":["NaN"],"dimensions":10}""")]
    [InlineData("""{"base64":""}""")]
    [InlineData("""{"base64":"?"}""")]
    [InlineData("""{"base64":"AAAA"}""")]
    [InlineData("""{"base64":"U1BMVkVDDQo="}""")]
    [InlineData("""{"base64":"AAAA","dimensions":10}""")]
    [InlineData("""{}""")]
    [InlineData("""null""")]
    [InlineData("""[1,2]""")]
    [InlineData("\"AAAA\"")]
    [InlineData("""17""")]
    public void Json_IncompleteOrBrokenVector_IsRefused(string vector) => Assert.All(Names, name =>
    {
        AssertRefused<SparseEmbedding>($$"""{"{{(name == "plain" ? "Vector" : "vector")}}":{{vector}}}""", Options(name));
        AssertRefused<SparseEmbedding>(vector == "null" ? "{}" : vector, Options(name));
    });

    [Fact]
    public void Json_DamagedCompactVector_IsRefused()
    {
        string json = JsonSerializer.Serialize(CreateSut(), SpladeJsonUtilities.CompactOptions);
        int start = json.IndexOf("base64\":\"", StringComparison.Ordinal) + 9;
        int end = json.IndexOf('"', start);
        for (int i = start; i < end; i++)
        {
            char[] damaged = json.ToCharArray();
            damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
            AssertRefusedOrEqual(new string(damaged));
        }
    }

    [Theory]
    [InlineData("splade")]
    [InlineData("compact")]
    public void Json_RandomVectors_RoundTripBitForBit(string optionsName)
    {
        var random = new Random(8);
        for (int i = 0; i < 200; i++)
        {
            int dimensions = random.Next(1, 60000);
            int[] indices = [.. Enumerable.Range(0, random.Next(300)).Select(_ => random.Next(dimensions)).Distinct().Order()];
            float[] values = [.. indices.Select(_ => MathF.Exp((random.NextSingle() * 80) - 40))];
            var embedding = new SparseEmbedding(indices, values, dimensions);
            string json = JsonSerializer.Serialize(embedding, Options(optionsName));
            Assert.Equal(embedding.Vector, JsonSerializer.Deserialize<SparseEmbedding>(json, Options(optionsName))!.Vector);
        }
    }

    private static SparseEmbedding CreateSut() => new(new SparseVector([1, 3, 29999], [.1f, 2f, 1e-7f], 30522))
    {
        ModelId = "splade",
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TokenCount = 12,
        Truncated = true,
        AdditionalProperties = new() { ["note"] = "kept" },
    };

    private static JsonSerializerOptions Options(string name) => name switch
    {
        "plain" => JsonSerializerOptions.Default,
        "web" => JsonSerializerOptions.Web,
        "ai" => AIJsonUtilities.DefaultOptions,
        "splade" => SpladeJsonUtilities.DefaultOptions,
        _ => SpladeJsonUtilities.CompactOptions,
    };

    private static void AssertEqual(SparseEmbedding expected, SparseEmbedding actual)
    {
        Assert.Equal(expected.Vector, actual.Vector);
        Assert.Equal(expected.ModelId, actual.ModelId);
        Assert.Equal(expected.CreatedAt, actual.CreatedAt);
        Assert.Equal(expected.TokenCount, actual.TokenCount);
        Assert.Equal(expected.Truncated, actual.Truncated);
        Assert.Equal(expected.AdditionalProperties?["note"]?.ToString(), actual.AdditionalProperties?["note"]?.ToString());
    }

    private static void AssertRefused<TEmbedding>(string json, JsonSerializerOptions options)
    {
        Exception? error = Record.Exception(() => JsonSerializer.Deserialize<TEmbedding>(json, options));
        Assert.True(error is JsonException or ArgumentException, $"{json}: {error?.ToString() ?? "was accepted"}");
    }

    // The last bits of the last character of a Base64 text say nothing.
    private static void AssertRefusedOrEqual(string json)
    {
        SparseEmbedding? read = null;
        Exception? error = Record.Exception(() => read = JsonSerializer.Deserialize<SparseEmbedding>(json, SpladeJsonUtilities.CompactOptions));
        Assert.True(error is JsonException || read!.Vector.Equals(CreateSut().Vector), $"{json}: {error}");
    }
}
