using System.Text.Json;

namespace Splade.AI.Tests.Vectors;

public sealed class SparseVectorTermsTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static readonly SparseVector Vector = new([0, 1, 3], [1f, 2f, 1f], 4);
    private static readonly string[] Tokens = ["a", "b", "c", "##d"];

    [Fact]
    public async Task Terms_EncodedTexts_EqualsSentenceTransformersDecode()
    {
        foreach (JsonElement expected in ApiReference.Root.GetProperty("decode").EnumerateArray())
        {
            SparseVector vector = Assert.Single(await fixture.Engine.EncodeAsync([expected.GetProperty("text").GetString()!])).Vector;
            JsonElement[] tokens = [.. expected.GetProperty("tokens").EnumerateArray()];

            IReadOnlyList<SparseTerm> terms = vector.Terms(fixture.Engine.Vocabulary, expected.GetProperty("top_k").Deserialize<int?>());

            Assert.Equal(tokens.Select(t => t[0].GetString()), terms.Select(t => t.Token));
            Assert.All(tokens.Zip(terms), pair => Assert.Equal(pair.First[1].GetSingle(), pair.Second.Weight, ReferenceVectors.Tolerance));
        }
    }

    [Fact]
    public async Task Intersect_EncodedTexts_EqualsSentenceTransformers()
    {
        JsonElement reference = ApiReference.Root.GetProperty("intersection");
        SparseVector query = Assert.Single(await fixture.Engine.EncodeAsync([reference.GetProperty("query").GetString()!])).Vector;
        SparseVector[] documents = await ApiReference.EncodeAsync(fixture.Engine, reference.GetProperty("documents"));

        SparseVector[] rows = [.. query.Intersect(documents)];

        JsonElement[] expected = [.. reference.GetProperty("rows").EnumerateArray()];
        Assert.Equal(expected.Length, rows.Length);
        // A product has the errors of both of its factors, each times the other.
        Assert.All(expected.Zip(rows), pair => ReferenceVectors.AssertSame(ApiReference.Vector(pair.First), pair.Second, 5 * ReferenceVectors.Tolerance));
        Assert.All(documents.Zip(rows), pair => Assert.Equal(query.Dot(pair.First), pair.Second.Values.ToArray().Sum(), 1e-4));
    }

    [Fact]
    public void Terms_EqualWeights_LowerIdFirst()
    {
        SparseTerm[] expected = [new(1, "b", 2), new(0, "a", 1), new(3, "##d", 1)];

        Assert.Equal(expected, Vector.Terms(Tokens));
        Assert.Equal(expected[..2], Vector.Terms(Tokens, 2));
        Assert.Equal(expected, Vector.Terms(Tokens, 100));
        Assert.Empty(new SparseVector([], [], 4).Terms(Tokens, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Intersect_GeneratedVectors_EqualsDenseProduct(int seed)
    {
        var random = new RandomVectors(seed, 20);
        for (int i = 0; i < 100; i++)
        {
            SparseVector left = random.Next();
            SparseVector right = random.Next();

            float[] product = [.. left.ToDense().Zip(right.ToDense(), (x, y) => x * y)];
            Assert.Equal(product, left.Intersect(right).ToDense());
            Assert.Equal(left.Intersect(right), right.Intersect(left));
        }
    }

    [Fact]
    public void Intersect_ProductOutsideSinglePrecision_IsLeftOutOrTheLargest()
    {
        Assert.Equal(0, new SparseVector([1], [1e-30f], 4).Intersect(new SparseVector([1], [1e-30f], 4)).Count);
        Assert.Equal([float.MaxValue], new SparseVector([1], [1e30f], 4).Intersect(new SparseVector([1], [1e30f], 4)).Values.ToArray());
    }

    [Fact]
    public void Members_InvalidArguments_NameTheParameter()
    {
        Assert.Throws<ArgumentNullException>("vocabulary", () => Vector.Terms(null!));
        Assert.Throws<ArgumentException>("vocabulary", () => Vector.Terms(["a"]));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => Vector.Terms(Tokens, 0));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => Vector.Terms(Tokens, -1));
        Assert.Throws<ArgumentNullException>("other", () => Vector.Intersect((SparseVector)null!));
        Assert.Throws<ArgumentException>("other", () => Vector.Intersect(new SparseVector([], [], 5)));
        Assert.Throws<ArgumentNullException>("others", () => Vector.Intersect((IEnumerable<SparseVector>)null!));
    }
}
