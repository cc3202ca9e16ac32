using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests;

public class SpladeJsonUtilitiesTests
{
    private static readonly JsonSerializerOptions Sut = SpladeJsonUtilities.DefaultOptions;

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
    [InlineData("""{"$type":"sparse","dimensions":10}""")]
    [InlineData("""{"$type":"sparse","indices":[1,2],"values":[1],"dimensions":10}""")]
    [InlineData("""{"$type":"sparse","vector":[1,2]}""")]
    public void DefaultOptions_BrokenSparseAsBase_IsRefused(string json)
    {
        Exception? error = Record.Exception(() => JsonSerializer.Deserialize<Embedding>(json, Sut));

        Assert.True(error is JsonException or ArgumentException, $"{json}: {error?.ToString() ?? "was accepted"}");
    }

    [Fact]
    public void DefaultOptions_Shared_IsReadOnly() => Assert.True(Sut.IsReadOnly);

    [Fact]
    public void DefaultOptions_OtherTypes_AreThoseOfTheAbstractions()
    {
        var message = new ChatMessage(ChatRole.User, "hello");

        Assert.Equal(JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions), JsonSerializer.Serialize(message, Sut));
    }
}
