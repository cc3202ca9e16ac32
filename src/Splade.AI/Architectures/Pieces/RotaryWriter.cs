using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes rotary positions (Su et al., 2021): the two halves of a head's numbers are turned against each other, by position times angle.</summary>
internal sealed class RotaryWriter(GraphBuilder graph, TokenInputs inputs, Constants constants)
{
    private readonly Dictionary<RotaryAngles, (string Cosine, string Sine)> _written = [];

    /// <summary>Turns queries or keys, shape <c>[batch, heads, tokens, width]</c>.</summary>
    public string Turn(RotaryAngles angles, string x)
    {
        if (!_written.TryGetValue(angles, out (string Cosine, string Sine) table))
        {
            table = Table(angles);
            _written.Add(angles, table);
        }

        string[] halves = graph.Node("Split", [x], outputs: 2, NodeAttribute.Int("axis", -1));
        string first = graph.Node("Sub", [Multiply(halves[0], table.Cosine), Multiply(halves[1], table.Sine)]);
        string second = graph.Node("Add", [Multiply(halves[1], table.Cosine), Multiply(halves[0], table.Sine)]);
        return graph.Node("Concat", [first, second], NodeAttribute.Int("axis", -1));
    }

    // Computed for the tokens that there are, and not stored for all that there could be, shape [tokens, width / 2].
    private (string Cosine, string Sine) Table(RotaryAngles angles)
    {
        string position = graph.Node("Cast", [inputs.Positions], NodeAttribute.Int("to", (int)OnnxElementType.Float));
        string perToken = graph.Floats("angles", [angles.PerToken.Count], [.. angles.PerToken]);
        string turned = Multiply(graph.Node("Unsqueeze", [position, constants.Integers(1)]), perToken);
        return (graph.Node("Cos", [turned]), graph.Node("Sin", [turned]));
    }

    private string Multiply(string x, string y) => graph.Node("Mul", [x, y]);
}
