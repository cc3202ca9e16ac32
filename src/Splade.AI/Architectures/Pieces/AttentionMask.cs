using System.Globalization;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes what is added to the scores of attention: 0 where a token may look, and the least float where it may not.</summary>
/// <remarks>Not minus infinity: a token that may look nowhere, as padding far from its text, looks everywhere alike instead of at NaN.</remarks>
internal sealed class AttentionMask(GraphBuilder graph, Constants constants, TokenInputs inputs)
{
    private readonly Dictionary<string, string> _written = [];

    /// <summary>The mask of a window, or of the whole text, in a shape that <c>[batch, heads, tokens, tokens]</c> takes.</summary>
    public string For(int? window)
    {
        string key = window?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (!_written.TryGetValue(key, out string? mask))
        {
            string allowed = window is int reach ? graph.Node("And", [IsToken(), IsWithin(reach)]) : IsToken();
            mask = graph.Node("Where", [allowed, constants.Float(0), constants.Float(float.MinValue)]);
            _written.Add(key, mask);
        }

        return mask;
    }

    /// <summary>Which keys are tokens, shape <c>[batch, 1, 1, tokens]</c>.</summary>
    private string IsToken() => graph.Node(
        "Unsqueeze", [graph.Node("Cast", [inputs.Mask], NodeAttribute.Int("to", (int)OnnxElementType.Bool)), constants.Integers(1, 2)]);

    /// <summary>Which keys are near, shape <c>[tokens, tokens]</c>.</summary>
    private string IsWithin(int reach)
    {
        string rows = graph.Node("Unsqueeze", [inputs.Positions, constants.Integers(1)]);
        string distance = graph.Node("Abs", [graph.Node("Sub", [rows, inputs.Positions])]);
        return graph.Node("LessOrEqual", [distance, constants.Integer(reach)]);
    }
}
