using System.Runtime.InteropServices;

namespace Splade.AI.OnnxGraph;

/// <summary>Writes products in small integers: their input is quantised while the model runs, their matrix once and for all.</summary>
/// <remarks>
/// The nodes are the ones that ONNX Runtime fuses into a product that starts and ends with floats. The range of an input is taken over all
/// of it, so that texts of one batch move each other's numbers: such a model is run one text at a time.
/// </remarks>
internal sealed class ProductQuantiser(OnnxFile file, GraphEdit edit)
{
    // Products with the same input, such as those for queries, keys and values, share its integers.
    private readonly Dictionary<string, string[]> _inputs = [];
    private readonly Dictionary<(string, bool, string?), (string Values, string Scales)> _weights = [];
    private string? _zero;

    public void Quantise(IEnumerable<WeightProduct> products)
    {
        foreach (WeightProduct product in products)
        {
            Quantise(product);
        }
    }

    private void Quantise(WeightProduct product)
    {
        GraphBuilder graph = edit.New;
        (string input, string inputScale, string inputZero) = Input(product.Input);
        (string weight, string weightScales) = Weight(product);
        string sums = graph.Node("MatMulInteger", [input, weight, inputZero, Zero()]);
        string floats = graph.Node("Cast", [sums], NodeAttribute.Int("to", (int)OnnxElementType.Float));
        string[] scaled = [floats, graph.Node("Mul", [inputScale, weightScales])];
        edit.Replace(product.Node);
        if (product.Bias is string bias)
        {
            graph.NodeGiving(product.Output, "Add", [graph.Node("Mul", scaled), bias]);
        }
        else
        {
            graph.NodeGiving(product.Output, "Mul", scaled);
        }
    }

    private (string Values, string Scale, string Zero) Input(string value)
    {
        if (!_inputs.TryGetValue(value, out string[]? parts))
        {
            parts = edit.New.Node("DynamicQuantizeLinear", [value], outputs: 3);
            _inputs.Add(value, parts);
        }

        return (parts[0], parts[1], parts[2]);
    }

    private (string Values, string Scales) Weight(WeightProduct product)
    {
        (string, bool, string?) key = (product.Weight.Value, product.Weight.Transposed, product.Scale?.Name);
        if (!_weights.TryGetValue(key, out (string Values, string Scales) names))
        {
            QuantisedMatrix matrix = QuantisedMatrix.Read(file, product);
            names = (
                edit.New.Constant("weight_int8", OnnxElementType.Int8, [product.Rows, product.Columns], MemoryMarshal.AsBytes(matrix.Values.AsSpan())),
                edit.New.Floats("weight_scales", [product.Columns], matrix.Scales));
            _weights.Add(key, names);
        }

        return names;
    }

    private string Zero() => _zero ??= edit.New.Constant("weight_zero", OnnxElementType.Int8, [], [0]);
}
