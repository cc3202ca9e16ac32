using System.Globalization;
using System.Text.Json;

namespace Splade.AI.Tests.Vectors;

public sealed class SparsePruningTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    public static TheoryData<string> Rules => ["none", "top_k:1", "top_k:128", "max_ratio:0", "max_ratio:0.1", "abs_value:0.05", "abs_value:2", "alpha_mass:0.9"];

    [Theory]
    [InlineData("none", 34)]
    [InlineData("top_k:8", 8)]
    [InlineData("top_k:100", 34)]
    [InlineData("max_ratio:0", 34)]
    [InlineData("max_ratio:0.1", 27)]
    [InlineData("max_ratio:0.4", 13)]
    [InlineData("abs_value:0", 34)]
    [InlineData("abs_value:1.5", 4)]
    [InlineData("abs_value:2", 0)]
    [InlineData("alpha_mass:0.5", 8)]
    [InlineData("alpha_mass:0.8", 17)]
    [InlineData("alpha_mass:0.9", 22)]
    public void Prune_KnownDocument_KeepsTheKnownNumber(string rule, int count)
    {
        SparseVector pruned = KnownDocument.Vector.Prune(SparsePruning.Parse(rule));

        Assert.Equal(count, pruned.Count);
        Assert.Equal(count == 34, ReferenceEquals(pruned, KnownDocument.Vector));
        if (count > 0)
        {
            Assert.Equal(KnownDocument.Vector.TopK(count), pruned);
        }
    }

    [Fact]
    public async Task TopK_EncodedTexts_EqualsSentenceTransformersMaxActiveDims()
    {
        foreach (JsonElement expected in ApiReference.Root.GetProperty("max_active_dims").EnumerateArray())
        {
            SparseVector[] vectors = await ApiReference.EncodeAsync(fixture.Engine, expected.GetProperty("texts"));
            SparsePruning rule = SparsePruning.TopK(expected.GetProperty("k").GetInt32());

            ReferenceVector[] wanted = [.. expected.GetProperty("vectors").EnumerateArray().Select(ApiReference.Vector)];
            Assert.Equal(wanted.Length, vectors.Length);
            Assert.All(wanted.Zip(rule.Apply(vectors)), pair => ReferenceVectors.AssertSame(pair.First, pair.Second));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Prune_GeneratedVectors_EqualsTheDefinition(int seed)
    {
        var random = new RandomVectors(seed, 30);
        foreach (SparseVector vector in random.Next(100))
        {
            float[] dense = vector.ToDense();
            float largest = dense.Max();
            Assert.Equal(dense.Select(w => w >= .5f * largest ? w : 0), vector.Prune(SparsePruning.MaxRatio(.5)).ToDense());
            Assert.Equal(dense.Select(w => w >= .75f ? w : 0), vector.Prune(SparsePruning.AbsValue(.75)).ToDense());

            float[] descending = [.. dense.OrderDescending()];
            int count = Enumerable.Range(0, 31).First(n => descending.Take(n).Sum() >= .75f * descending.Sum());
            Assert.Equal(descending.Take(count), vector.Prune(SparsePruning.AlphaMass(.75)).Values.ToArray().OrderDescending());
        }
    }

    [Fact]
    public void Prune_ThresholdIsAWeight_KeepsIt()
    {
        var vector = new SparseVector([1, 2, 3], [.7f, 1f, .3f], 10);

        Assert.Equal(2, vector.Prune(SparsePruning.MaxRatio(.7)).Count);
        Assert.Equal(3, vector.Prune(SparsePruning.AbsValue(.3)).Count);
        Assert.Equal(6, new SparseVector([.. Enumerable.Range(0, 10)], [.. Enumerable.Repeat(1f, 10)], 10).Prune(SparsePruning.AlphaMass(.6)).Count);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Prune_NoEntries_IsTheSameVector(string rule)
    {
        var empty = new SparseVector([], [], 10);
        Assert.Same(empty, empty.Prune(SparsePruning.Parse(rule)));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Parse_TextForm_RoundTripsInAnyCulture(string text)
    {
        // With decimal commas, as on a German system.
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
        SparsePruning rule = SparsePruning.Parse(text, CultureInfo.CurrentCulture);

        Assert.Equal(text, rule.ToString());
        Assert.True(SparsePruning.TryParse(text, null, out SparsePruning again));
        Assert.Equal(rule, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("top_k")]
    [InlineData("top_k:")]
    [InlineData("top_k:0")]
    [InlineData("top_k:1.5")]
    [InlineData("top_k:1e30")]
    [InlineData("top_k:1:2")]
    [InlineData("TopK:1")]
    [InlineData("none:1")]
    [InlineData("max_ratio:1")]
    [InlineData("max_ratio:-0.1")]
    [InlineData("max_ratio:0,1")]
    [InlineData("max_ratio:NaN")]
    [InlineData("abs_value:-1")]
    [InlineData("abs_value:Infinity")]
    [InlineData("alpha_mass:0")]
    [InlineData("alpha_mass:1")]
    public void Parse_NoRule_SaysWhatIsExpected(string text)
    {
        var error = Assert.Throws<FormatException>(() => SparsePruning.Parse(text));

        Assert.Contains($"'{text}', expected ", error.Message, StringComparison.Ordinal);
        Assert.False(SparsePruning.TryParse(text, null, out SparsePruning rule));
        Assert.Equal(SparsePruning.None, rule);
    }

    [Fact]
    public void Factories_Values_AreKept()
    {
        Assert.Equal((SparsePruningKind.None, 0.0), (SparsePruning.None.Kind, SparsePruning.None.Value));
        Assert.Equal((SparsePruningKind.TopK, 3.0), (SparsePruning.TopK(3).Kind, SparsePruning.TopK(3).Value));
        Assert.Equal((SparsePruningKind.MaxRatio, .1), (SparsePruning.MaxRatio(.1).Kind, SparsePruning.MaxRatio(.1).Value));
        Assert.Equal(SparsePruning.AbsValue(.5), SparsePruning.Parse("abs_value:0.5"));
        Assert.NotEqual(SparsePruning.AlphaMass(.5), SparsePruning.MaxRatio(.5));
    }

    [Fact]
    public void Members_InvalidArguments_NameTheParameter()
    {
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SparsePruning.TopK(0));
        Assert.Throws<ArgumentOutOfRangeException>("ratio", () => SparsePruning.MaxRatio(1));
        Assert.Throws<ArgumentOutOfRangeException>("ratio", () => SparsePruning.MaxRatio(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("minimumWeight", () => SparsePruning.AbsValue(-1));
        Assert.Throws<ArgumentOutOfRangeException>("minimumWeight", () => SparsePruning.AbsValue(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => SparsePruning.AlphaMass(0));
        Assert.Throws<ArgumentNullException>("s", () => SparsePruning.Parse(null!));
        Assert.Throws<ArgumentNullException>("vectors", () => SparsePruning.None.Apply(null!));
        Assert.False(SparsePruning.TryParse(null, null, out _));
    }
}
