namespace Splade.AI.OnnxGraph;

/// <summary>Finds the products with constant matrices that a value comes from: the linear layers of an encoder.</summary>
/// <remarks>Products of two computed values, as in attention, are none of them, and neither are embeddings, which are looked up.</remarks>
internal static class WeightProductFinder
{
    /// <param name="file">The model.</param>
    /// <param name="value">The value, for example the hidden state.</param>
    public static IReadOnlyList<WeightProduct> Find(OnnxFile file, string value)
    {
        LiveGraph live = LiveGraph.Of(file.Nodes, [value]);
        return [.. file.Nodes.Where(live.Needs).Select(n => AsProduct(file, n)).OfType<WeightProduct>()];
    }

    private static WeightProduct? AsProduct(OnnxFile file, OnnxNode node) =>
        node.Inputs.Count >= 2 && node.Outputs.Count == 1 && (node.Is("MatMul") || IsPlainGemm(node) || IsPlainFused(node))
        && ConstantFinder.Find(file, node.Inputs[0]) is null
        && ConstantFinder.Find(file, node.Inputs[1]) is DecoderConstant weight && IsMatrix(weight)
            ? new WeightProduct(node, node.Int("transB", 0) != 0 ? weight with { Transposed = !weight.Transposed } : weight)
            : null;

    private static bool IsPlainGemm(OnnxNode node) =>
        node.Is("Gemm") && node.Int("transA", 0) == 0 && node.Float("alpha", 1) == 1 && node.Float("beta", 1) == 1;

    private static bool IsPlainFused(OnnxNode node) =>
        node.IsOfRuntime("FusedMatMul") && node.Float("alpha", 1) == 1
        && node.Int("transA", 0) == 0 && node.Int("transBatchA", 0) == 0 && node.Int("transBatchB", 0) == 0;

    // Halves that the graph casts to floats are floats here; a graph that computes in halves is left alone.
    private static bool IsMatrix(DecoderConstant constant) =>
        constant.Type == OnnxElementType.Float
        && TensorReader.SizeOf(constant.Tensor.Type) is sizeof(float) or sizeof(ushort)
        && constant.Tensor.Dimensions is [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue]
        && constant.Tensor.Count <= Array.MaxLength;
}
