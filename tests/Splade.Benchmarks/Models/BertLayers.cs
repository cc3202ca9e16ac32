using Splade.AI.OnnxGraph;

namespace Splade.Benchmarks.Models;

/// <summary>Adds layers to the graph of a BERT.</summary>
/// <param name="bert">The graph.</param>
/// <param name="shape">Its size.</param>
/// <param name="texts">How many texts, as a list of one number.</param>
/// <param name="tokens">How many tokens each has, likewise.</param>
/// <param name="mask">What is added to the scores of attention.</param>
internal sealed class BertLayers(BertGraph bert, BertShape shape, string texts, string tokens, string mask)
{
    private GraphBuilder Nodes => bert.Nodes;

    /// <returns>The hidden state behind the layer.</returns>
    public string Add(int number, string hidden)
    {
        string layer = $"bert.encoder.layer.{number}";
        string context = Attend(hidden, $"{layer}.attention.self");
        string attended = Residual(bert.Dense(context, $"{layer}.attention.output.dense", shape.Hidden, shape.Hidden), hidden, $"{layer}.attention.output");
        string wide = bert.Gelu(bert.Dense(attended, $"{layer}.intermediate.dense", shape.Hidden, shape.Intermediate));
        return Residual(bert.Dense(wide, $"{layer}.output.dense", shape.Intermediate, shape.Hidden), attended, $"{layer}.output");
    }

    private string Residual(string input, string skipped, string name) => bert.Norm(Nodes.Node("Add", [input, skipped]), $"{name}.LayerNorm");

    private string Attend(string hidden, string name)
    {
        string query = Heads(hidden, $"{name}.query", 0, 2, 1, 3);
        string key = Heads(hidden, $"{name}.key", 0, 2, 3, 1);
        string value = Heads(hidden, $"{name}.value", 0, 2, 1, 3);
        string scale = bert.Scalar(1 / float.Sqrt((float)shape.Hidden / shape.Heads));
        string scores = Nodes.Node("Add", [Nodes.Node("Mul", [Nodes.Node("MatMul", [query, key]), scale]), mask]);
        string context = Nodes.Node("MatMul", [Nodes.Node("Softmax", [scores], NodeAttribute.Int("axis", -1)), value]);
        string byToken = Nodes.Node("Transpose", [context], NodeAttribute.Ints("perm", 0, 2, 1, 3));
        return Nodes.Node("Reshape", [byToken, Sizes(Nodes.Integers(-1))]);
    }

    private string Heads(string hidden, string name, params ReadOnlySpan<long> order)
    {
        string sizes = Sizes(Nodes.Integers(-1), Nodes.Integers(shape.Hidden / shape.Heads));
        string byHead = Nodes.Node("Reshape", [bert.Dense(hidden, name, shape.Hidden, shape.Hidden), sizes]);
        return Nodes.Node("Transpose", [byHead], NodeAttribute.Ints("perm", order));
    }

    private string Sizes(params string[] inner) => Nodes.Node("Concat", [texts, tokens, .. inner], NodeAttribute.Int("axis", 0));
}
