using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;

namespace Splade.Benchmarks.Models;

/// <summary>The graph of a BertForMaskedLM as torch's exporter writes it, and the weights it names.</summary>
internal sealed class BertGraph
{
    public const int Opset = 17;

    /// <summary>What a missing token's attention scores are lowered by: the least float, as in Hugging Face's masks.</summary>
    private float Never => _shape.IsHalf ? (float)Half.MinValue : float.MinValue;

    private OnnxElementType Type => _shape.IsHalf ? OnnxElementType.Float16 : OnnxElementType.Float;

    /// <summary>BERT's <c>initializer_range</c>.</summary>
    private const float InitialDeviation = 0.02f;

    private readonly GraphBuilder _graph = new();
    private readonly List<RandomWeight> _weights = [];
    private readonly BertShape _shape;

    public BertGraph(BertShape shape)
    {
        _shape = shape;
        foreach (string input in new[] { "input_ids", "attention_mask", "token_type_ids" })
        {
            _graph.Input(input, OnnxElementType.Int64, null, null);
        }

        string words = Normal("bert.embeddings.word_embeddings.weight", shape.Vocabulary, shape.Hidden);
        string size = _graph.Node("Shape", ["input_ids"]);
        var layers = new BertLayers(this, shape, Length(size, 0), Length(size, 1), Mask(size));
        string hidden = Embed(words, size);
        for (int i = 0; i < shape.Layers; i++)
        {
            hidden = layers.Add(i, hidden);
        }

        WriteHead(hidden, words);
    }

    /// <summary>Nodes, small constants, inputs and outputs.</summary>
    public IReadOnlyList<ProtoField> Fields => _graph.Fields;

    /// <summary>The weights, the decoder's bias last: it is set when the model has been tried out.</summary>
    public IReadOnlyList<RandomWeight> Weights => _weights;

    public GraphBuilder Nodes => _graph;

    public string Dense(string input, string name, int from, int to)
    {
        string product = _graph.Node("MatMul", [input, Normal(name + ".weight", from, to)]);
        return _graph.Node("Add", [Constant(name + ".bias", 0, to), product]);
    }

    public string Norm(string input, string name) => _graph.Node(
        "LayerNormalization",
        [input, Constant(name + ".weight", 1, _shape.Hidden), Constant(name + ".bias", 0, _shape.Hidden)],
        NodeAttribute.Int("axis", -1),
        NodeAttribute.Float("epsilon", 1e-12f));

    /// <summary>The exact form, by the error function.</summary>
    public string Gelu(string input)
    {
        string erf = _graph.Node("Erf", [_graph.Node("Div", [input, Scalar(float.Sqrt(2))])]);
        return _graph.Node("Mul", [_graph.Node("Mul", [input, _graph.Node("Add", [erf, Scalar(1)])]), Scalar(0.5f)]);
    }

    public string Scalar(float value) => _shape.IsHalf
        ? _graph.Constant("scalar", Type, [], MemoryMarshal.AsBytes([(Half)value]))
        : _graph.Floats("scalar", [], [value]);

    private string Normal(string name, params long[] shape) => Weight(new RandomWeight(name, InitialDeviation, 0, shape));

    private string Constant(string name, float value, int length) => Weight(new RandomWeight(name, 0, value, length));

    private string Weight(RandomWeight weight)
    {
        _weights.Add(weight with { IsHalf = _shape.IsHalf });
        return weight.Name;
    }

    // One length of a shape, as a list of one.
    private string Length(string size, long axis)
    {
        string index = _graph.Constant("axis", OnnxElementType.Int64, [], MemoryMarshal.AsBytes([axis]));
        return _graph.Node("Unsqueeze", [_graph.Node("Gather", [size, index], NodeAttribute.Int("axis", 0)), _graph.Integers(0)]);
    }

    // Shape [texts, 1, tokens, tokens]: 0 for a token, Never for padding.
    private string Mask(string size)
    {
        string real = _graph.Node("Cast", ["attention_mask"], NodeAttribute.Int("to", (int)OnnxElementType.Bool));
        string shape = _graph.Node("Concat", [Length(size, 0), _graph.Integers(1), Length(size, 1), Length(size, 1)], NodeAttribute.Int("axis", 0));
        string expanded = _graph.Node("Expand", [_graph.Node("Unsqueeze", [real, _graph.Integers(1, 2)]), shape]);
        return _graph.Node("Where", [expanded, Scalar(0), Scalar(Never)]);
    }

    private string Embed(string words, string size)
    {
        long[] all = [.. Enumerable.Range(0, _shape.Positions)];
        string ids = _graph.Constant("position_ids", OnnxElementType.Int64, [1, all.Length], MemoryMarshal.AsBytes(all.AsSpan()));
        string positions = _graph.Node("Slice", [ids, _graph.Integers(0), Length(size, 1), _graph.Integers(1)]);
        string type = _graph.Node("Gather", [Normal("bert.embeddings.token_type_embeddings.weight", 2, _shape.Hidden), "token_type_ids"]);
        string position = _graph.Node("Gather", [Normal("bert.embeddings.position_embeddings.weight", _shape.Positions, _shape.Hidden), positions]);
        string sum = _graph.Node("Add", [_graph.Node("Add", [_graph.Node("Gather", [words, "input_ids"]), type]), position]);
        return Norm(sum, "bert.embeddings.LayerNorm");
    }

    private void WriteHead(string hidden, string words)
    {
        string transformed = Gelu(Dense(hidden, "cls.predictions.transform.dense", _shape.Hidden, _shape.Hidden));
        string normal = Norm(transformed, "cls.predictions.transform.LayerNorm");
        string decoder = _graph.Node("Transpose", [words], NodeAttribute.Ints("perm", 1, 0));
        string product = _graph.Node("MatMul", [normal, decoder]);
        string logits = _graph.Node("Add", [Constant("cls.predictions.bias", 0, _shape.Vocabulary), product]);
        _graph.Output(logits, Type, null, null, _shape.Vocabulary);
    }
}
