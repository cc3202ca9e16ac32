using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes the layers that all parts are made of.</summary>
internal sealed class LayerWriter(GraphBuilder graph, Constants constants, WeightWriter weights)
{
    /// <summary>x W<sup>T</sup> + b.</summary>
    public string Apply(DenseLayer layer, string x)
    {
        string product = weights.Product(x, layer.Name + ".weight", layer.Outputs, layer.Inputs);
        return layer.HasBias ? graph.Node("Add", [product, weights.Vector(layer.Name + ".bias", layer.Outputs)]) : product;
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon) w + b.</summary>
    public string Apply(NormLayer layer, string x)
    {
        string weight = weights.Vector(layer.Name + ".weight", layer.Width);
        string[] inputs = layer.HasBias ? [x, weight, weights.Vector(layer.Name + ".bias", layer.Width)] : [x, weight];
        return graph.Node("LayerNormalization", inputs, NodeAttribute.Int("axis", -1), NodeAttribute.Float("epsilon", (float)layer.Epsilon));
    }

    /// <summary>Rows of a table.</summary>
    public string LookUp(LookupTable table, string indices) => weights.Rows(table.Name + ".weight", table.Rows, table.Width, indices);

    public string Apply(Activation activation, string x) => activation switch
    {
        Activation.Gelu => Gelu(x),
        Activation.GeluTanh => GeluTanh(x),
        Activation.Relu => graph.Node("Relu", [x]),
        Activation.Silu => Multiply(x, graph.Node("Sigmoid", [x])),
        Activation.QuickGelu => Multiply(x, graph.Node("Sigmoid", [Multiply(x, constants.Float(1.702f))])),
        Activation.Tanh => graph.Node("Tanh", [x]),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    // Both in the order of torch's exporter, which ONNX Runtime knows and makes one operator of.
    private string Gelu(string x)
    {
        string erf = graph.Node("Erf", [graph.Node("Div", [x, constants.Float(float.Sqrt(2))])]);
        return Multiply(Multiply(x, Add(erf, constants.Float(1))), constants.Float(0.5f));
    }

    private string GeluTanh(string x)
    {
        string cubed = Multiply(graph.Node("Pow", [x, constants.Float(3)]), constants.Float(0.044715f));
        string tanh = graph.Node("Tanh", [Multiply(Add(x, cubed), constants.Float(float.Sqrt(2 / float.Pi)))]);
        return Multiply(Multiply(x, constants.Float(0.5f)), Add(tanh, constants.Float(1)));
    }

    private string Multiply(string x, string y) => graph.Node("Mul", [x, y]);

    private string Add(string x, string y) => graph.Node("Add", [x, y]);
}
