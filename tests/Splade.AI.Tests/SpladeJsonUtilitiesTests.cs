using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests;

public class SpladeJsonUtilitiesTests
{
    private static readonly JsonSerializerOptions Sut = SpladeJsonUtilities.DefaultOptions;

    // Run in a process of its own, whose first line does what a trimmed application's project file does.
    private const string WithoutReflection = """
        AppContext.SetSwitch("System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault", false);
        var counted = 0;
        var cache = new Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache(
            Microsoft.Extensions.Options.Options.Create(new Microsoft.Extensions.Caching.Memory.MemoryDistributedCacheOptions()));
        using var generator = await SpladeEmbeddingGenerator.CreateAsync("models/splade-tiny");
        var cached = generator.AsBuilder()
            .UseDistributedCache(cache, c =>
            {
                c.CacheKeyAdditionalValues = generator.CacheKeyAdditionalValues;
                c.JsonSerializerOptions = SpladeJsonUtilities.CompactOptions;
            })
            .Use((values, options, inner, token) => { counted++; return inner.GenerateAsync(values, options, token); })
            .Build();
        var options = new SpladeEmbeddingGenerationOptions { Encoding = { InputType = EmbeddingInputType.Query, MaxActiveDimensions = 5 } };
        SparseEmbedding first = await cached.GenerateAsync("mars", options);
        SparseEmbedding again = await cached.GenerateAsync("mars", options);
        Embedding embedding = first;
        string json = JsonSerializer.Serialize(embedding, SpladeJsonUtilities.DefaultOptions);
        var read = (SparseEmbedding)JsonSerializer.Deserialize<Embedding>(json, SpladeJsonUtilities.DefaultOptions)!;
        Console.WriteLine($"{JsonSerializer.IsReflectionEnabledByDefault} {counted} {again.Vector.Count}");
        Console.WriteLine($"{again.Vector.Equals(first.Vector)} {read.Vector.Equals(first.Vector)}");
        var filter = Splade.AI.Hybrid.MetadataFilter.Equal("tag", "a") & Splade.AI.Hybrid.MetadataFilter.AtLeast("year", 2020);
        json = JsonSerializer.Serialize(filter, SpladeJsonUtilities.DefaultOptions);
        Console.WriteLine(JsonSerializer.Deserialize<Splade.AI.Hybrid.MetadataFilter>(json, SpladeJsonUtilities.DefaultOptions));
        """;

    [Fact]
    public async Task Options_ReflectionSwitchedOff_CacheAndReadAllTheSame()
    {
        string program = "using System.Text.Json; using Microsoft.Extensions.AI; using Splade.AI;\n" + WithoutReflection;
        Assert.Equal("False 1 5\nTrue True\ntag = \"a\" and year >= 2020", await Snippet.RunAloneAsync(program));
    }

    [Fact]
    public void CompactOptions_SparseAsBase_RoundTripsWithItsType()
    {
        Embedding embedding = new SparseEmbedding(new SparseVector([1, 3], [.5f, 2f], 10)) { ModelId = "splade" };

        string json = JsonSerializer.Serialize(embedding, SpladeJsonUtilities.CompactOptions);

        Assert.StartsWith("""{"$type":"sparse","vector":{"base64":""", json, StringComparison.Ordinal);
        Assert.Equal(((SparseEmbedding)embedding).Vector, Assert.IsType<SparseEmbedding>(JsonSerializer.Deserialize<Embedding>(json, Sut)).Vector);
    }

    [Fact]
    public void DefaultOptions_SparseAsBase_RoundTripsWithItsType()
    {
        Embedding embedding = new SparseEmbedding(new SparseVector([1, 3], [.5f, 2f], 10)) { ModelId = "splade" };

        string json = JsonSerializer.Serialize(embedding, Sut);
        Embedding? read = JsonSerializer.Deserialize<Embedding>(json, Sut);

        Assert.Equal("sparse", JsonDocument.Parse(json).RootElement.GetProperty("$type").GetString());
        Assert.Equal(new SparseVector([1, 3], [.5f, 2f], 10), Assert.IsType<SparseEmbedding>(read).Vector);
        Assert.Equal("splade", read.ModelId);
    }

    [Fact]
    public void DefaultOptions_DenseAsBase_StillRoundTrips()
    {
        Embedding embedding = new Embedding<float>(new[] { 1f, 2f });

        Embedding? read = JsonSerializer.Deserialize<Embedding>(JsonSerializer.Serialize(embedding, Sut), Sut);

        Assert.Equal([1f, 2f], Assert.IsType<Embedding<float>>(read).Vector.ToArray());
    }

    [Theory]
    [InlineData("""{"$type":"sparse"}""")]
    [InlineData("""{"$type":"sparse","vector":{"indices":[1,2],"values":[1],"dimensions":10}}""")]
    [InlineData("""{"$type":"sparse","vector":[1,2]}""")]
    [InlineData("""{"$type":"float32","vector":{"indices":[1],"values":[1],"dimensions":10}}""")]
    public void DefaultOptions_BrokenSparseAsBase_IsRefused(string json)
    {
        Exception? error = Record.Exception(() => JsonSerializer.Deserialize<Embedding>(json, Sut));

        Assert.True(error is JsonException or ArgumentException, $"{json}: {error?.ToString() ?? "was accepted"}");
    }

    [Fact]
    public void Options_Shared_AreReadOnly() => Assert.True(Sut.IsReadOnly && SpladeJsonUtilities.CompactOptions.IsReadOnly);

    [Fact]
    public void DefaultOptions_OtherTypes_AreThoseOfTheAbstractions()
    {
        var message = new ChatMessage(ChatRole.User, "hello");

        Assert.Equal(JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions), JsonSerializer.Serialize(message, Sut));
    }
}
