using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class WeightProductFinderTests
{
    // Six to a layer; BERT's heads have one more, and the feed-forward part of ModernBERT four products in all.
    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void Find_HiddenStateOfAFixture_FindsItsLinearLayers(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        _ = vocabularyRows;
        using OnnxFile file = OnnxFile.Open(FixtureModels.PathOf(model));
        IReadOnlyList<WeightProduct> products = WeightProductFinder.Find(file, DecoderFinder.Find(file, vocabulary).Decoder!.HiddenState);
        Assert.InRange(products.Count, 8, 13);
        Assert.All(products, p => Assert.True(p.Rows == hidden || p.Columns == hidden));
        Assert.DoesNotContain(products, p => p.Columns == vocabulary);
    }

    [Theory]
    [InlineData("alpha", 0.5f)]
    [InlineData("beta", 2f)]
    public void Find_GemmThatScales_IsLeftAlone(string attribute, float value) =>
        Assert.Empty(Find((graph, weight) => graph.Node("Gemm", ["x", weight], NodeAttribute.Float(attribute, value))));

    [Fact]
    public void Find_GemmThatTransposesItsInput_IsLeftAlone() =>
        Assert.Empty(Find((graph, weight) => graph.Node("Gemm", ["x", weight], NodeAttribute.Int("transA", 1))));

    [Fact]
    public void Find_ProductOfComputedValuesOrOfConstants_IsLeftAlone()
    {
        Assert.Empty(Find((graph, _) => graph.Node("MatMul", ["x", "x"])));
        Assert.Empty(Find((graph, weight) => graph.Node("MatMul", [weight, "x"])));
        Assert.Empty(Find((graph, weight) => graph.Node("Add", ["x", graph.Node("MatMul", [weight, weight])])));
    }

    [Fact]
    public void Find_ProductInHalves_IsLeftAlone() => Assert.Empty(Find((graph, _) => graph.Node(
        "MatMul", ["x", graph.Constant("h", OnnxElementType.Float16, [2, 2], new byte[8])])));

    [Fact]
    public void Find_WeightStoredInHalves_IsFound() => Assert.Single(Find((graph, _) => graph.Node(
        "MatMul", ["x", graph.Node("Cast", [graph.Constant("h", OnnxElementType.Float16, [2, 2], new byte[8])], NodeAttribute.Int("to", 1))])));

    [Fact]
    public void Find_ProductThatTheValueDoesNotNeed_IsLeftAlone() => Assert.Empty(Find((graph, weight) =>
    {
        graph.Node("MatMul", ["x", weight]);
        return graph.Node("Relu", ["x"]);
    }));

    private static IReadOnlyList<WeightProduct> Find(Func<GraphBuilder, string, string> write)
    {
        var graph = new GraphBuilder();
        graph.Input("x", OnnxElementType.Float, 2, 2);
        string output = write(graph, graph.Floats("w", [2, 2], [1, 2, 3, 4]));
        graph.Output(output, OnnxElementType.Float, null, null);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset: 17), "model.onnx");
        return WeightProductFinder.Find(file, output);
    }
}
