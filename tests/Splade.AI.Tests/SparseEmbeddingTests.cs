using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests;

public class SparseEmbeddingTests
{
    private static readonly string[] Names = ["plain", "web", "ai", "splade"];

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

        AssertRefused(json, options);
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
    [InlineData("""{"indices":null,"values":null,"dimensions":10}""")]
    [InlineData("""{"indices":[1],"values":["NaN"],"dimensions":10}""")]
    [InlineData("""{}""")]
    public void Json_IncompleteOrBrokenPayload_IsRefused(string json) =>
        Assert.All(Names, name => AssertRefused(name == "plain" ? PascalCase(json) : json, Options(name)));

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
        _ => SpladeJsonUtilities.DefaultOptions,
    };

    private static string PascalCase(string json) => json
        .Replace("indices", "Indices", StringComparison.Ordinal)
        .Replace("values", "Values", StringComparison.Ordinal)
        .Replace("dimensions", "Dimensions", StringComparison.Ordinal);

    private static void AssertEqual(SparseEmbedding expected, SparseEmbedding actual)
    {
        Assert.Equal(expected.Vector, actual.Vector);
        Assert.Equal(expected.ModelId, actual.ModelId);
        Assert.Equal(expected.CreatedAt, actual.CreatedAt);
        Assert.Equal(expected.TokenCount, actual.TokenCount);
        Assert.Equal(expected.Truncated, actual.Truncated);
        Assert.Equal(expected.AdditionalProperties?["note"]?.ToString(), actual.AdditionalProperties?["note"]?.ToString());
    }

    private static void AssertRefused(string json, JsonSerializerOptions options)
    {
        Exception? error = Record.Exception(() => JsonSerializer.Deserialize<SparseEmbedding>(json, options));
        Assert.True(error is JsonException or ArgumentException, $"{json}: {error?.ToString() ?? "was accepted"}");
    }
}
