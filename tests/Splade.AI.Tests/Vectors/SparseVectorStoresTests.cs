namespace Splade.AI.Tests.Vectors;

public sealed class SparseVectorStoresTests
{
    private static readonly SparseVector Vector = new([0, 2], [.5f, 1.25f], 3);

    [Fact]
    public void Conversions_Stores_TakeTheirShapes()
    {
        Assert.Equal("{1:0.5,3:1.25}/3", Vector.ToPgVector());
        Assert.Equal("{}/3", new SparseVector([], [], 3).ToPgVector());
        Assert.All([Vector.ToQdrant(), Vector.ToPinecone()], pair =>
        {
            Assert.Equal([0u, 2u], pair.Indices);
            Assert.Equal([.5f, 1.25f], pair.Values);
        });
        Assert.Equal(new Dictionary<int, float> { [0] = .5f, [2] = 1.25f }, Vector.ToMilvus());
        Assert.Equal(new Dictionary<string, float> { ["a"] = .5f, ["c"] = 1.25f }, Vector.ToTokenMap(["a", "b", "c"]));
    }

    [Fact]
    public void ToPinecone_OverItsLimit_SaysHowToPrune()
    {
        Assert.Equal(1000, OfCount(1000).ToPinecone().Indices.Length);
        AssertRefused(() => OfCount(1001).ToPinecone(), "Found 1001 entries, but Pinecone takes at most 1000. ", "TopK(1000)");
    }

    [Fact]
    public void ToPgVector_OverItsLimits_SaysHowToPrune()
    {
        Assert.EndsWith("16000:1}/20000", OfCount(16_000).ToPgVector(), StringComparison.Ordinal);
        Assert.EndsWith("1000:1}/20000", OfCount(1000).ToPgVector(hnsw: true), StringComparison.Ordinal);
        AssertRefused(() => OfCount(16_001).ToPgVector(), "Found 16001 entries, but pgvector stores at most 16000. ", "TopK(16000)");
        AssertRefused(() => OfCount(1001).ToPgVector(hnsw: true), "Found 1001 entries, but pgvector's HNSW index takes at most 1000. ", "TopK(1000)");
    }

    [Fact]
    public void ToTokenMap_InvalidVocabulary_NamesTheParameter()
    {
        Assert.Throws<ArgumentException>("vocabulary", () => Vector.ToTokenMap(["a"]));
        Assert.Throws<ArgumentNullException>("vocabulary", () => Vector.ToTokenMap(null!));
    }

    private static SparseVector OfCount(int count) => new([.. Enumerable.Range(0, count)], [.. Enumerable.Repeat(1f, count)], 20_000);

    private static void AssertRefused(Func<object> conversion, params string[] parts)
    {
        var error = Assert.Throws<InvalidOperationException>(conversion);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
