using System.Runtime.InteropServices;

namespace Splade.AI.OnnxGraph;

/// <summary>The matrices of products in small integers, written into a graph once each, whoever multiplies with them.</summary>
/// <param name="file">The model.</param>
/// <param name="edit">The change that they are a part of.</param>
/// <param name="largest">The largest magnitude that an integer may have.</param>
internal sealed class QuantisedWeights(OnnxFile file, GraphEdit edit, int largest)
{
    private readonly Dictionary<(string, bool, string?), (QuantisedMatrix Matrix, string Values, string Scales)> _written = [];
    private string? _zero;

    /// <summary>The name of the integer that stands for zero.</summary>
    public string Zero => _zero ??= edit.New.Constant("weight_zero", OnnxElementType.Int8, [], [0]);

    /// <summary>A product's matrix, and the names of its integers and scales.</summary>
    /// <exception cref="SpladeModelException">The matrix has fewer numbers than its shape says, or one that is not finite.</exception>
    public (QuantisedMatrix Matrix, string Values, string Scales) Find(WeightProduct product)
    {
        (string, bool, string?) key = (product.Weight.Value, product.Weight.Transposed, product.Scale?.Name);
        if (!_written.TryGetValue(key, out (QuantisedMatrix Matrix, string Values, string Scales) found))
        {
            var matrix = QuantisedMatrix.Read(file, product, largest);
            found = (
                matrix,
                edit.New.Constant("weight_int8", OnnxElementType.Int8, [product.Rows, product.Columns], MemoryMarshal.AsBytes(matrix.Values.AsSpan())),
                edit.New.Floats("weight_scales", [product.Columns], matrix.Scales));
            _written.Add(key, found);
        }

        return found;
    }
}
