namespace Splade.AI.OnnxGraph;

/// <summary>A product of a computed value with a constant matrix of floats: a MatMul, plain or fused with a transposition, or a Gemm that does no more than that and adds a bias.</summary>
/// <param name="Node">The node.</param>
/// <param name="Weight">The matrix. The product uses it as <c>[rows, columns]</c>; it is stored the other way round where it is transposed.</param>
internal sealed record WeightProduct(OnnxNode Node, DecoderConstant Weight)
{
    public string Input => Node.Inputs[0];

    public string Output => Node.Outputs[0];

    /// <summary>What a Gemm adds; null for nothing.</summary>
    public string? Bias => Node.Is("Gemm") && Node.Inputs.Count > 2 && Node.Inputs[2].Length > 0 ? Node.Inputs[2] : null;

    /// <summary>How many numbers each column has.</summary>
    public int Rows => (int)Weight.Tensor.Dimensions[Weight.Transposed ? 1 : 0];

    public int Columns => (int)Weight.Tensor.Dimensions[Weight.Transposed ? 0 : 1];
}
