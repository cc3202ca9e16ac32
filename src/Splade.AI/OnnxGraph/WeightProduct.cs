namespace Splade.AI.OnnxGraph;

/// <summary>A product of a computed value with a constant matrix of floats: a MatMul, plain or fused with a transposition, or a Gemm that does no more than that and adds a bias.</summary>
/// <param name="Node">The node.</param>
/// <param name="Weight">The matrix. The product uses it as <c>[rows, columns]</c>; it is stored the other way round where it is transposed.</param>
/// <param name="Scale">What the graph multiplies the stored numbers with, broadcast over them: those are bytes then. Null where they are floats.</param>
internal sealed record WeightProduct(OnnxNode Node, DecoderConstant Weight, OnnxTensor? Scale = null)
{
    public string Input => Node.Inputs[0];

    public string Output => Node.Outputs[0];

    /// <summary>What a Gemm adds; null for nothing.</summary>
    public string? Bias => Node.Is("Gemm") && Node.Inputs.Count > 2 && Node.Inputs[2].Length > 0 ? Node.Inputs[2] : null;

    /// <summary>How many numbers each column has.</summary>
    public int Rows => (int)Weight.Tensor.Dimensions[Weight.Transposed ? 1 : 0];

    public int Columns => (int)Weight.Tensor.Dimensions[Weight.Transposed ? 0 : 1];

    /// <summary>The matrix in floats, in the order in which it is stored.</summary>
    /// <exception cref="SpladeModelException">It has fewer numbers than its shape says.</exception>
    public float[] Read(OnnxFile file)
    {
        float[] stored = new float[Weight.Tensor.Count];
        if (Scale is null)
        {
            TensorReader.Read(file, Weight.Tensor, 0, stored);
            return stored;
        }

        TensorReader.ReadBytes(file, Weight.Tensor, stored);
        float[] scales = new float[Scale.Count];
        TensorReader.Read(file, Scale, 0, scales);
        int length = (int)Weight.Tensor.Dimensions[1];
        (int line, int place) = Scale.Dimensions switch
        {
            [var lines, var places] => (lines > 1 ? (int)places : 0, places > 1 ? 1 : 0),
            [var places] => (0, places > 1 ? 1 : 0),
            _ => (0, 0),
        };
        for (int i = 0; i < stored.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, length);
            stored[i] *= scales[(row * line) + (column * place)];
        }

        return stored;
    }
}
