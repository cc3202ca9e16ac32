using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes multi-head self-attention (Vaswani et al., 2017): softmax(q k<sup>T</sup> / sqrt d + mask) v, for each head of d numbers.</summary>
internal sealed class AttentionWriter(GraphBuilder graph, Constants constants, LayerWriter layers, AttentionMask mask, RotaryWriter rotary)
{
    public string Write(SelfAttention attention, string x)
    {
        int hidden = attention.Output.Inputs;
        int width = hidden / attention.Heads;
        string split = constants.Integers(0, 0, attention.Heads, width);
        string[] parts = [.. Project(attention, x).Select(p => graph.Node("Transpose", [graph.Node("Reshape", [p, split])], Order(0, 2, 1, 3)))];
        string query = Turn(attention, parts[0]);
        string key = graph.Node("Transpose", [Turn(attention, parts[1])], Order(0, 1, 3, 2));
        string scores = graph.Node("Div", [graph.Node("MatMul", [query, key]), constants.Float(float.Sqrt(width))]);
        string masked = graph.Node("Add", [scores, mask.For(attention.Window)]);
        string attended = graph.Node("MatMul", [graph.Node("Softmax", [masked], NodeAttribute.Int("axis", -1)), parts[2]]);
        string merged = graph.Node("Reshape", [graph.Node("Transpose", [attended], Order(0, 2, 1, 3)), constants.Integers(0, 0, hidden)]);
        return layers.Apply(attention.Output, merged);
    }

    private string[] Project(SelfAttention attention, string x) => attention.Projections is [DenseLayer packed]
        ? graph.Node("Split", [layers.Apply(packed, x)], outputs: 3, NodeAttribute.Int("axis", -1))
        : [.. attention.Projections.Select(p => layers.Apply(p, x))];

    private string Turn(SelfAttention attention, string x) => attention.Rotary is RotaryAngles angles ? rotary.Turn(angles, x) : x;

    private static NodeAttribute Order(params long[] axes) => NodeAttribute.Ints("perm", axes);
}
