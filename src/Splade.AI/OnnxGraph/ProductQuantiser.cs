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
    private readonly QuantisedWeights _weights = new(file, edit, QuantisedMatrix.LargestBesideBytes);

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
        (_, string weight, string weightScales) = _weights.Find(product);
        string sums = graph.Node("MatMulInteger", [input, weight, inputZero, _weights.Zero]);
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
}
