using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class QuantisedMatrixTests
{
    // Columns: one with a largest of 2, one of zeros, one that ties at a half.
    private static readonly float[] Rows = [2f, 0f, 64f, -1f, 0f, 0.5f];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_EitherOrder_ScalesEachColumnByItsLargest(bool transposed)
    {
        QuantisedMatrix matrix = transposed ? Read([3, 2], [2f, -1f, 0f, 0f, 64f, 0.5f], transB: 1) : Read([2, 3], Rows, transB: 0);
        Assert.Equal([64, 0, 64, -32, 0, 0], matrix.Values);
        Assert.Equal((2f / 64, 1f), (matrix.Scales[0], matrix.Scales[2]));
        Assert.True(matrix.Scales[1] > 0);
    }

    [Fact]
    public void Read_AnyMatrix_StaysInSevenBitsAndHalfAStepAway()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 40 * 7).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6))))];
        QuantisedMatrix matrix = Read([40, 7], values, transB: 0);
        Assert.All(matrix.Values, v => Assert.InRange(v, -64, 64));
        Assert.All(Enumerable.Range(0, values.Length), i =>
            Assert.Equal(values[i], matrix.Values[i] * matrix.Scales[i % 7], 0.501f * matrix.Scales[i % 7]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Read_NumbersThatAreNotFinite_Throws(float number)
    {
        var error = Assert.Throws<SpladeModelException>(() => Read([1, 2], [number, 1], transB: 0));
        Assert.Contains("expected finite numbers", error.Message, StringComparison.Ordinal);
    }

    private static QuantisedMatrix Read(long[] shape, float[] values, int transB)
    {
        var graph = new GraphBuilder();
        graph.Input("x", OnnxElementType.Float, null, null);
        string weight = graph.Constant("w", OnnxElementType.Float, shape, MemoryMarshal.AsBytes(values.AsSpan()));
        string product = graph.Node("Gemm", ["x", weight], NodeAttribute.Int("transB", transB));
        graph.Output(product, OnnxElementType.Float, null, null);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset: 17), "model.onnx");
        return QuantisedMatrix.Read(file, Assert.Single(WeightProductFinder.Find(file, product)), QuantisedMatrix.LargestBesideBytes);
    }
}
