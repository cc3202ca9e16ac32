using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes the heads of tasks behind an encoder's hidden state.</summary>
internal sealed class HeadWriter(GraphBuilder graph, Constants constants, LayerWriter layers, WeightWriter weights)
{
    /// <summary>Logits over the vocabulary, shape <c>[batch, tokens, vocabulary]</c>: norm(act(transform(x))) D<sup>T</sup> + b.</summary>
    public string Write(MaskedHead head, LookupTable words, string x)
    {
        string y = layers.Apply(head.Norm, layers.Apply(head.Activation, layers.Apply(head.Transform, x)));
        LookupTable decoder = weights.Weights.Has(head.Decoder.Name + ".weight") || !head.MayBeTied ? head.Decoder : words;
        string logits = graph.Node("MatMul", [y, weights.Transposed(decoder.Name + ".weight", decoder.Rows, decoder.Width)]);
        return head.Biases.Count == 0
            ? logits
            : graph.Node("Add", [logits, weights.Vector(head.Biases.FirstOrDefault(weights.Weights.Has) ?? head.Biases[^1], decoder.Rows)]);
    }

    /// <summary>Logits over the labels, shape <c>[batch, labels]</c>: classifier(norm(act(transform(x)))).</summary>
    public string Write(ClassificationHead head, int labels, string x, string mask)
    {
        string first = head.ReadsMean ? Mean(x, mask) : graph.Node("Gather", [x, constants.Integer(0)], NodeAttribute.Int("axis", 1));
        string y = layers.Apply(head.Activation, layers.Apply(head.Transform, first));
        return layers.Apply(new DenseLayer(head.Classifier, labels, head.Transform.Outputs), head.Norm is NormLayer norm ? layers.Apply(norm, y) : y);
    }

    private string Mean(string x, string mask)
    {
        string weight = graph.Node(
            "Unsqueeze", [graph.Node("Cast", [mask], NodeAttribute.Int("to", (int)OnnxElementType.Float)), constants.Integers(2)]);
        return graph.Node("Div", [Sum(graph.Node("Mul", [x, weight])), Sum(weight)]);
    }

    private string Sum(string x) => graph.Node("ReduceSum", [x, constants.Integers(1)], NodeAttribute.Int("keepdims", 0));
}
