namespace Splade.AI.OnnxGraph;

/// <summary>What a graph's outputs need: the nodes they come from and the values those use.</summary>
internal sealed class LiveGraph
{
    private readonly HashSet<OnnxNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _values = [];

    private LiveGraph()
    {
    }

    public static LiveGraph Of(IEnumerable<OnnxNode> nodes, IEnumerable<string> outputs)
    {
        var producers = new Dictionary<string, OnnxNode>();
        foreach (OnnxNode node in nodes)
        {
            foreach (string output in node.Outputs)
            {
                producers[output] = node;
            }
        }

        var live = new LiveGraph();
        var open = new Stack<string>(outputs);
        while (open.TryPop(out string? value))
        {
            if (live._values.Add(value) && producers.TryGetValue(value, out OnnxNode? node) && live._nodes.Add(node))
            {
                live.Visit(node, open);
            }
        }

        return live;
    }

    public bool Needs(OnnxNode node) => _nodes.Contains(node);

    public bool Needs(string value) => _values.Contains(value);

    private void Visit(OnnxNode node, Stack<string> open)
    {
        _values.UnionWith(node.Outputs);
        foreach (string name in node.Inputs.Concat(node.Captured))
        {
            open.Push(name);
        }
    }
}
