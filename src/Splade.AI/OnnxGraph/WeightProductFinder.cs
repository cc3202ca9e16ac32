namespace Splade.AI.OnnxGraph;

/// <summary>Finds the products with constant matrices that a value comes from: the linear layers of an encoder.</summary>
/// <remarks>Products of two computed values, as in attention, are none of them, and neither are embeddings, which are looked up.</remarks>
internal static class WeightProductFinder
{
    /// <param name="file">The model.</param>
    /// <param name="values">The values, for example the hidden state.</param>
    public static IReadOnlyList<WeightProduct> Find(OnnxFile file, params IEnumerable<string> values)
    {
        LiveGraph live = LiveGraph.Of(file.Nodes, values);
        return [.. file.Nodes.Where(live.Needs).Select(n => AsProduct(file, n)).OfType<WeightProduct>()];
    }

    private static WeightProduct? AsProduct(OnnxFile file, OnnxNode node) =>
        node.Inputs.Count >= 2 && node.Outputs.Count == 1 && (node.Is("MatMul") || IsPlainGemm(node) || IsPlainFused(node))
        && ConstantFinder.Find(file, node.Inputs[0]) is null
        && FindWeight(file, node.Inputs[1]) is var (weight, scale)
            ? new WeightProduct(node, node.Int("transB", 0) != 0 ? weight with { Transposed = !weight.Transposed } : weight, scale)
            : null;

    private static (DecoderConstant Weight, OnnxTensor? Scale)? FindWeight(OnnxFile file, string value) =>
        ConstantFinder.Find(file, value) is DecoderConstant weight ? IsMatrix(weight) ? (weight, null) : null
        : file.Producer(value) is { Inputs: [string first, string second] } node && node.Is("Mul")
            ? FindScaled(file, first, second) ?? FindScaled(file, second, first)
            : null;

    /// <summary>Bytes that the graph casts and scales: weights that are stored small and computed with as floats.</summary>
    private static (DecoderConstant, OnnxTensor?)? FindScaled(OnnxFile file, string bytes, string scale) =>
        ConstantFinder.Find(file, bytes) is { Tensor: { Type: OnnxElementType.Int8, Dimensions.Count: 2 } stored, Transposed: false } weight
        && weight.Type == OnnxElementType.Float && HasRoom(stored)
        && file.Constant(scale) is { Type: OnnxElementType.Float, Dimensions.Count: <= 2 } factors
        && factors.Dimensions.Reverse().Zip(stored.Dimensions.Reverse()).All(d => d.First == 1 || d.First == d.Second)
            ? (weight, factors)
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
        && HasRoom(constant.Tensor);

    private static bool HasRoom(OnnxTensor matrix) =>
        matrix.Dimensions is [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue] && matrix.Count <= Array.MaxLength;
}
