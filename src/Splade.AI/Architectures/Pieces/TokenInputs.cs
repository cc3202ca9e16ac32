using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>What a graph is fed: the ids of each text's tokens, which of them are tokens at all, and their types. And what is counted of it.</summary>
internal sealed class TokenInputs
{
    private const string TypesName = "token_type_ids";

    private readonly GraphBuilder _graph;
    private readonly Constants _constants;
    private readonly Lazy<string> _positions;

    public TokenInputs(GraphBuilder graph, Constants constants, bool feedsTypes)
    {
        _graph = graph;
        _constants = constants;
        foreach (string name in feedsTypes ? [Ids, Mask, TypesName] : new[] { Ids, Mask })
        {
            graph.Input(name, OnnxElementType.Int64, "batch", "tokens");
        }

        _positions = new Lazy<string>(CountTokens);
    }

    /// <summary>Ids, shape <c>[batch, tokens]</c>.</summary>
    public string Ids { get; } = "input_ids";

    /// <summary>1 for a token, 0 for padding, shape <c>[batch, tokens]</c>.</summary>
    public string Mask { get; } = "attention_mask";

    /// <summary>Types, shape <c>[batch, tokens]</c>, where they are fed.</summary>
    public string Types { get; } = TypesName;

    /// <summary>0, 1, ... for the tokens of a text, shape <c>[tokens]</c>.</summary>
    public string Positions => _positions.Value;

    /// <summary>Positions that count from the padding token's id on, and stay there for padding, shape <c>[batch, tokens]</c>.</summary>
    public string PositionsPast(int paddingToken)
    {
        string padding = _constants.Integer(paddingToken);
        string real = _graph.Node(
            "Cast", [_graph.Node("Not", [_graph.Node("Equal", [Ids, padding])])], NodeAttribute.Int("to", (int)OnnxElementType.Int64));
        string counted = _graph.Node("CumSum", [real, _constants.Integer(1)]);
        return _graph.Node("Add", [_graph.Node("Mul", [counted, real]), padding]);
    }

    private string CountTokens()
    {
        string tokens = _graph.Node("Gather", [_graph.Node("Shape", [Ids]), _constants.Integer(1)]);
        return _graph.Node("Range", [_constants.Integer(0), tokens, _constants.Integer(1)]);
    }
}
