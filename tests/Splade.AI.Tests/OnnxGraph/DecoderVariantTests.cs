using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;
using Head = Splade.AI.Tests.OnnxGraph.ModelVariant.Head;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>Heads that exporters write and no fixture has.</summary>
public sealed class DecoderVariantTests
{
    private static readonly Dictionary<string, Func<Head, string>> Heads = new()
    {
        ["Gemm"] = h => h.Unflatten(h.Graph.Node("Gemm", [h.Flat, h.ColumnWeight, h.BiasWeight])),
        ["Gemm transB"] = h => h.Unflatten(h.Graph.Node("Gemm", [h.Flat, h.RowWeight, h.BiasWeight], NodeAttribute.Int("transB", 1))),
        ["Gemm, bias after"] = h => h.Graph.Node(
            "Add", [h.BiasWeight, h.Unflatten(h.Graph.Node("Gemm", [h.Flat, h.RowWeight], NodeAttribute.Int("transB", 1), NodeAttribute.Float("alpha", 1)))]),
        ["flat MatMul"] = h => h.Unflatten(h.Graph.Node("Add", [h.Graph.Node("MatMul", [h.Flat, h.ColumnWeight]), h.BiasWeight])),
        ["no bias"] = h => h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeight]),
        ["bias second"] = h => h.Graph.Node("Add", [h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeight]), h.BiasWeight]),
        ["bias of rank 3"] = h => h.Graph.Node(
            "Add", [h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeight]), h.Graph.Floats("bias", [1, 1, ModelVariant.Vocabulary], h.Bias)]),
        ["weight in a Constant node"] = h => h.Graph.Node("Add", [h.BiasWeight, h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeightNode])]),
        ["Transpose without perm"] = h => h.Graph.Node("MatMul", [h.Hidden, h.Graph.Node("Transpose", [h.RowWeight])]),
        ["Identity and Dropout"] = h => h.Graph.Node("Identity", [h.Graph.Node(
            "Dropout", [h.Graph.Node("MatMul", [h.Hidden, h.Graph.Node("Identity", [h.ColumnWeight])])])]),
        ["half"] = h => h.Cast(
            h.Graph.Node("Add", [
                h.Graph.Node("MatMul", [h.Cast(h.Hidden, OnnxElementType.Float16), h.Half("weight", [ModelVariant.Hidden, ModelVariant.Vocabulary], h.Columns)]),
                h.Half("bias", [ModelVariant.Vocabulary], h.Bias)]),
            OnnxElementType.Float),
        ["half, transposed, bias after the cast"] = h => h.Graph.Node("Add", [
            h.Cast(
                h.Graph.Node("MatMul", [
                    h.Cast(h.Hidden, OnnxElementType.Float16),
                    h.Graph.Node("Transpose", [h.Half("weight", [ModelVariant.Vocabulary, ModelVariant.Hidden], h.Rows)], NodeAttribute.Ints("perm", 1, 0))]),
                OnnxElementType.Float),
            h.BiasWeight]),
        ["half weight, float computation"] = h => h.Graph.Node("Add", [
            h.Graph.Node("MatMul", [h.Hidden, h.Cast(h.Half("weight", [ModelVariant.Hidden, ModelVariant.Vocabulary], h.Columns), OnnxElementType.Float)]),
            h.Cast(h.Half("bias", [ModelVariant.Vocabulary], h.Bias), OnnxElementType.Float)]),
    };

    private static readonly Dictionary<string, (Func<Head, string> Write, string Reason)> UnknownHeads = new()
    {
        ["Tanh"] = (h => h.Graph.Node("Tanh", [h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeight])]), "its decoder ends in Tanh"),
        ["two biases"] = (h => h.Graph.Node("Add", [
            h.Graph.Node("Add", [h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeight]), h.BiasWeight]), h.BiasWeight]), "adds two biases"),
        ["scaled Gemm"] = (h => h.Unflatten(h.Graph.Node("Gemm", [h.Flat, h.ColumnWeight], NodeAttribute.Float("alpha", 2))), "a Gemm that scales"),
        ["computed weight"] = (h => h.Graph.Node("MatMul", [h.Hidden, h.Graph.Node("Neg", [h.ColumnWeight])]), "is computed while the model runs"),
        ["computed bias"] = (h => h.Graph.Node("Add", [
            h.Graph.Node("MatMul", [h.Hidden, h.ColumnWeight]), h.Graph.Node("Neg", [h.BiasWeight])]), "a sum of two computed values"),
        ["wrong reshape"] = (h => h.Unflatten(h.Graph.Node("Gemm", [
            h.Graph.Node("Reshape", [h.Graph.Node("Relu", [h.Hidden]), h.Graph.Integers(-1, 1, ModelVariant.Hidden)]), h.ColumnWeight])), "reshapes the hidden state"),
    };

    public static TheoryData<string> Known => new(Heads.Keys);

    public static TheoryData<string> Unknown => new(UnknownHeads.Keys);

    [Theory]
    [MemberData(nameof(Known))]
    public void Rewrites_OfAHead_GiveWhatItsLogitsGive(string head)
    {
        using ModelVariant variant = ModelVariant.With(Heads[head]);
        using OnnxFile file = OnnxFile.Open(variant.Path);
        DecoderSearch search = DecoderFinder.Find(file, ModelVariant.Vocabulary);
        Assert.Null(search.Reason);
        var rewriter = new ModelRewriter(file, search.Decoder!);
        using TestRuntime plain = TestRuntime.Load(variant.Path), max = TestRuntime.Load(rewriter.TileMaxPooling());
        using TestRuntime sum = TestRuntime.Load(rewriter.TileSumPooling(1024, twice: false)), cut = TestRuntime.Load(rewriter.CutBeforeDecoder());

        // Half floats have eleven bits, and ONNX Runtime rounds to them where it likes.
        double tolerance = head.StartsWith("half", StringComparison.Ordinal) ? 5e-3 : 1e-5;
        foreach (TokenBatch batch in TokenBatches.All)
        {
            float[] logits = plain.Run(batch);
            Pooled.AssertSame(Pooled.Max(logits, batch, ModelVariant.Vocabulary), max.Run(batch), tolerance);
            Pooled.AssertSame(Pooled.Sum(logits, batch, ModelVariant.Vocabulary, twice: false), sum.Run(batch), tolerance);
            Assert.Equal(batch.Rows * batch.Length * ModelVariant.Hidden, cut.Run(batch).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Find_UnknownHead_GivesTheReason(string head)
    {
        using ModelVariant variant = ModelVariant.With(UnknownHeads[head].Write);
        using OnnxFile file = OnnxFile.Open(variant.Path);
        Assert.Contains(UnknownHeads[head].Reason, DecoderFinder.Find(file, ModelVariant.Vocabulary).Reason, StringComparison.Ordinal);
    }
}
