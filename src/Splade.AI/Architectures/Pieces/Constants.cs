using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>The numbers in the operators of a graph, each written once.</summary>
internal sealed class Constants(GraphBuilder graph)
{
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    public string Float(float value) => Once($"float {value:R}", () => graph.Floats("float", [], [value]));

    public string Integer(long value) => Once($"integer {value}", () => graph.Integer(value));

    /// <summary>A list, as operators take for shapes and axes.</summary>
    public string Integers(params long[] values) => Once($"integers {string.Join(',', values)}", () => graph.Integers(values));

    private string Once(string key, Func<string> write)
    {
        if (!_written.TryGetValue(key, out string? name))
        {
            name = write();
            _written.Add(key, name);
        }

        return name;
    }
}
