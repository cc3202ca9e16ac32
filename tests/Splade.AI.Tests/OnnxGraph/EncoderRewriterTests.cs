using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class EncoderRewriterTests
{
    // The rows of a batch are tokens here, of four numbers each.
    private static readonly TokenBatch One = new([[1, 20, 300, 4]], padTokenId: 0);
    private static readonly TokenBatch WithALargeOne = new([[1, 20, 300, 4], [90000, 1, 0, 70000]], padTokenId: 0);

    // Rows of a table of four.
    private static readonly TokenBatch Rows = new([[1, 0, 3, 2], [2, 2, 1, 3]], padTokenId: 0);

    private static readonly float[] Weight = [.. Enumerable.Range(0, 12).Select(i => float.Sin(i))];

    [Fact]
    public void Quantise_ATokenBesideALargeOne_GivesTheSameBitsNearThoseOfFloats()
    {
        byte[] model = Write((graph, x) => graph.Node("MatMul", [x, graph.Floats("w", [4, 3], Weight)]));
        (float[] exact, float[] alone, float[] together) = (Run(model), Run(Quantise(model)!, One), Run(Quantise(model)!, WithALargeOne));
        Assert.Equal(alone, together[..3]);
        Assert.NotEqual(exact, alone);
        Assert.All(exact.Zip(alone), pair => Assert.Equal(pair.First, pair.Second, 300 * 0.02f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Quantise_GemmWithABias_IsItsProductAndBias(int transB)
    {
        byte[] model = Write((graph, x) => graph.Node(
            "Gemm", [x, graph.Floats("w", transB == 0 ? [4, 3] : [3, 4], Weight), graph.Floats("b", [3], [1000, 2000, 3000])], NodeAttribute.Int("transB", transB)));
        Assert.All(Run(model).Zip(Run(Quantise(model)!)), pair => Assert.Equal(pair.First, pair.Second, 300 * 0.02f));
    }

    [Theory]
    [InlineData(new long[] { 1, 3 })]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 4, 1 })]
    [InlineData(new long[] { })]
    public void Quantise_WeightStoredInBytes_IsReadWithItsScales(long[] shape)
    {
        byte[] model = Write((graph, x) => graph.Node("MatMul", [x, Scaled(graph, shape, 0.5f)]));
        Assert.All(Run(model).Zip(Run(Quantise(model)!)), pair => Assert.Equal(pair.First, pair.Second, 12000 * 0.02f));
    }

    [Fact]
    public void Quantise_WeightSharedUnderTwoScales_KeepsBoth()
    {
        byte[] model = Write((graph, x) =>
        {
            string bytes = Bytes(graph);
            string[] products = [.. new[] { 0.5f, -0.25f }.Select(s => graph.Node("MatMul", [x, graph.Node("Mul", [bytes, graph.Floats("s", [1], [s])])]))];
            return graph.Node("Sub", products);
        });
        Assert.All(Run(model).Zip(Run(Quantise(model)!)), pair => Assert.Equal(pair.First, pair.Second, 18000 * 0.02f));
    }

    [Fact]
    public void Quantise_ScalesOfAnotherShapeOrNone_AreLeftAlone()
    {
        Assert.Null(Quantise(Write((graph, x) => graph.Node("MatMul", [x, Scaled(graph, [1, 4, 1], 0.5f)]))));
        Assert.Null(Quantise(Write((graph, x) => graph.Node("Relu", [x]))));
        Assert.Null(Quantise(Write((graph, x) => graph.Node("MatMul", [x, graph.Node("Transpose", [x])]))));
    }

    [Fact]
    public void Quantise_ScaleThatIsNoNumber_Throws()
    {
        byte[] model = Write((graph, x) => graph.Node("MatMul", [x, Scaled(graph, [1], float.NaN)]));
        Assert.Contains("expected finite numbers", Assert.Throws<SpladeModelException>(() => Quantise(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantise_ScaleOfZeroAndTokensOfZeros_GiveZeros()
    {
        byte[] model = Write((graph, x) => graph.Node("MatMul", [graph.Node("Mul", [x, graph.Floats("none", [], [0f])]), Scaled(graph, [1], 0)]));
        Assert.All(Run(Quantise(model)!, WithALargeOne), number => Assert.Equal(0f, number));
    }

    [Theory]
    [InlineData("half first", true)]
    [InlineData("half last", true)]
    [InlineData("half of x", true)]
    [InlineData("gated", false)]
    public void Quantise_WhatGeluGives_IsShifted(string order, bool isShifted)
    {
        byte[] model = Write((graph, x) =>
        {
            string small = graph.Node("Add", [graph.Node("Mul", [x, graph.Floats("f", [], [0.02f])]), graph.Floats("m", [], [-1f])]);
            return graph.Node("MatMul", [Gelu(graph, small, order), graph.Floats("w", [4, 3], Weight)]);
        });
        RewrittenModel quantised = Quantise(model)!;
        using OnnxFile file = OnnxFile.Parse(quantised.Model, FixtureModels.PathOf(FixtureModels.Small));
        Assert.Equal(isShifted, file.Initializers.ContainsKey("shift"));
        Assert.All(Run(model).Zip(Run(quantised)), pair => Assert.Equal(pair.First, pair.Second, isShifted ? 0.1f : 0.6f));
    }

    [Fact]
    public void Fuse_GeluThatIsHalvedFirst_IsWrittenOtherwiseWithTheSameBits()
    {
        byte[] model = Write((graph, x) => Gelu(graph, graph.Node("Mul", [x, graph.Floats("f", [], [0.01f])]), "half first"));
        Assert.Equal(Run(model), Run(Fuse(model)!), (first, second) => MathF.Abs(first - second) <= 1e-6f * MathF.Abs(first));
        Assert.Null(Fuse(Write((graph, x) => Gelu(graph, x, "half last"))));
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MinValue)]
    public void Fuse_SoftmaxThatIsGuarded_GivesTheSameWhereATokenMayLook(float masked)
    {
        byte[] model = Guarded(masked);
        using OnnxFile file = OnnxFile.Parse(Fuse(model)!.Model, FixtureModels.PathOf(FixtureModels.Small));
        Assert.DoesNotContain(file.Nodes, n => n.Is("IsNaN"));
        Assert.Equal(Run(model), Run(Fuse(model)!));
    }

    [Fact]
    public void Fuse_GuardOfAnUnknownMask_IsLeftAlone() => Assert.Null(Fuse(Guarded(float.NaN)));

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 1, 3 })]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 4, 1 })]
    public void Fuse_TableStoredInBytes_ScalesTheRowsThatAreLookedUp(long[] shape)
    {
        byte[] model = LookingUp(graph => Scaled(graph, shape, 0.3f));
        RewrittenModel rewritten = Fuse(model)!;
        using var file = OnnxFile.Parse(rewritten.Model, FixtureModels.PathOf(FixtureModels.Small));
        Assert.All(file.Nodes.Where(node => node.Is("Cast") || node.Is("Mul")), node => Assert.False(file.Initializers.ContainsKey(node.Inputs[0])));
        Assert.Equal(Run(model, Rows), Run(rewritten, Rows));
    }

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 1, 1 })]
    [InlineData(new long[] { 1, 3 })]
    [InlineData(new long[] { 4, 1 })]
    public void Fuse_OneRowOfATableStoredInBytes_HasTheSameShape(long[] shape)
    {
        byte[] model = Write((graph, _) =>
        {
            string row = graph.Node("Gather", [Scaled(graph, shape, 0.3f), graph.Integer(-1)]);
            string size = graph.Node("Cast", [graph.Node("Shape", [row])], NodeAttribute.Int("to", (int)OnnxElementType.Float));
            return graph.Node("Reshape", [size, graph.Integers(1, -1)]);
        });
        Assert.Equal([3f], Run(model));
        Assert.Equal([3f], Run(Fuse(model)!));
    }

    [Fact]
    public void Fuse_LookUpWithoutIds_IsLeftToTheRuntime() =>
        Assert.Null(Fuse(Write((graph, _) => graph.Node("Add", [graph.Node("Gather", [Scaled(graph, [], 0.3f)]), graph.Node("Gather", [])]))));

    [Fact]
    public void Fuse_TableThatIsNotScaledByRowOrColumn_IsLeftAlone()
    {
        Assert.Null(Fuse(LookingUp(graph => Scaled(graph, [4, 3], 0.3f))));
        Assert.Null(Fuse(LookingUp(graph => graph.Floats("table", [4, 3], Weight))));
        Assert.Null(Fuse(LookingUp(graph => Scaled(graph, [], 0.3f), axis: 1)));
    }

    private static byte[] LookingUp(Func<GraphBuilder, string> table, int axis = 0)
    {
        var graph = new GraphBuilder();
        graph.Input("input_ids", OnnxElementType.Int64, null, null);
        graph.Output(graph.Node("Gather", [table(graph), "input_ids"], NodeAttribute.Int("axis", axis)), OnnxElementType.Float, null, null, null);
        return graph.ToModel(opset: 17);
    }

    private static byte[] Guarded(float masked) => Write((graph, x) =>
    {
        string mask = graph.Node("Where", [graph.Node("Greater", [x, graph.Floats("t", [], [2f])]), graph.Floats("zero", [], [0f]), graph.Floats("inf", [], [masked])]);
        string attention = graph.Node("Softmax", [graph.Node("Add", [graph.Node("Mul", [x, graph.Floats("f", [], [0.01f])]), mask])], NodeAttribute.Int("axis", -1));
        return graph.Node("Where", [graph.Node("IsNaN", [attention]), graph.Floats("none", [], [0f]), attention]);
    });

    private static string Gelu(GraphBuilder graph, string x, string order)
    {
        string half = graph.Floats("half", [], [0.5f]);
        string divided = order == "half of x" ? graph.Node("Mul", [graph.Floats("r", [], [0.70710677f]), x]) : graph.Node("Div", [x, graph.Floats("r", [], [1.4142135f])]);
        string sum = graph.Node("Add", [graph.Node("Erf", [divided]), graph.Floats("one", [], [1f])]);
        return order switch
        {
            "half first" => graph.Node("Mul", [x, graph.Node("Mul", [half, sum])]),
            "half last" => graph.Node("Mul", [graph.Node("Mul", [x, sum]), half]),
            "half of x" => graph.Node("Mul", [graph.Node("Mul", [x, half]), sum]),
            _ => graph.Node("Mul", [graph.Node("Mul", [graph.Node("Mul", [x, sum]), half]), graph.Node("Neg", [x])]),
        };
    }

    private static string Bytes(GraphBuilder graph)
    {
        sbyte[] bytes = [.. Enumerable.Range(0, 12).Select(i => (sbyte)((i * 37 % 255) - 127))];
        string stored = graph.Constant("bytes", OnnxElementType.Int8, [4, 3], MemoryMarshal.AsBytes(bytes.AsSpan()));
        return graph.Node("Cast", [stored], NodeAttribute.Int("to", (int)OnnxElementType.Float));
    }

    private static string Scaled(GraphBuilder graph, long[] shape, float scale)
    {
        long count = shape.Aggregate(1L, (product, n) => product * n);
        return graph.Node("Mul", [Bytes(graph), graph.Floats("scale", shape, [.. Enumerable.Range(1, (int)count).Select(i => scale / i)])]);
    }

    private static byte[] Write(Func<GraphBuilder, string, string> write)
    {
        var graph = new GraphBuilder();
        graph.Input("input_ids", OnnxElementType.Int64, null, null);
        graph.Output(write(graph, graph.Node("Cast", ["input_ids"], NodeAttribute.Int("to", (int)OnnxElementType.Float))), OnnxElementType.Float, null, null);
        return graph.ToModel(opset: 17);
    }

    private static RewrittenModel? Quantise(byte[] model) => Rewrite(model, rewriter => rewriter.Quantise());

    private static RewrittenModel? Fuse(byte[] model) => Rewrite(model, rewriter => rewriter.Fuse());

    private static RewrittenModel? Rewrite(byte[] model, Func<EncoderRewriter, RewrittenModel?> rewrite)
    {
        using OnnxFile file = OnnxFile.Parse(model, FixtureModels.PathOf(FixtureModels.Small));
        return rewrite(new EncoderRewriter(file));
    }

    private static float[] Run(byte[] model, TokenBatch? batch = null)
    {
        using TestRuntime runtime = TestRuntime.Load(model, Path.GetTempPath());
        return runtime.Run(batch ?? One);
    }

    private static float[] Run(RewrittenModel model, TokenBatch? batch = null)
    {
        using TestRuntime runtime = TestRuntime.Load(model);
        return runtime.Run(batch ?? One);
    }
}
