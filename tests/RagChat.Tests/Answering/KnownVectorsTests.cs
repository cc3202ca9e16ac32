using Microsoft.Extensions.AI;
using RagChat.Answering;
using RagChat.Tests.TestDoubles;
using Splade.AI;

namespace RagChat.Tests.Answering;

public sealed class KnownVectorsTests
{
    private static readonly Embedding<float> Known = new(new float[] { 1, 2 });

    private readonly List<string> _encoded = [];

    [Fact]
    public async Task Generate_DocumentThatIsKnown_IsNotEncoded()
    {
        KnownVectors<Embedding<float>> sut = Create();

        GeneratedEmbeddings<Embedding<float>> found = await sut.GenerateAsync(["water", "tank", "water"], As(EmbeddingInputType.Document));

        Assert.Equal([true, false, true], found.Select(embedding => ReferenceEquals(embedding, Known)));
        Assert.Equal(["tank"], _encoded);
    }

    [Fact]
    public async Task Generate_QueryOfTheSameWords_IsEncoded()
    {
        KnownVectors<Embedding<float>> sut = Create();

        Assert.NotSame(Known, Assert.Single(await sut.GenerateAsync(["water"], As(EmbeddingInputType.Query))));
        Assert.NotSame(Known, Assert.Single(await sut.GenerateAsync(["water"])));
        Assert.Equal(["water", "water"], _encoded);
    }

    private static SpladeEmbeddingGenerationOptions As(EmbeddingInputType type) => new() { Encoding = { InputType = type } };

    private KnownVectors<Embedding<float>> Create()
    {
        var sut = new KnownVectors<Embedding<float>>(new TestDenseGenerator { OnGenerate = _encoded.AddRange });
        sut.Tell("water", Known);
        return sut;
    }
}
