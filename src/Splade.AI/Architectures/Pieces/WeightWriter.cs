using Splade.AI.Architectures.Names;
using Splade.AI.OnnxGraph;
using Splade.AI.Weights;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes weights into a graph, as pointers to where they lie. Halves stay halves in the file, and are floats for the graph.</summary>
internal sealed class WeightWriter(GraphBuilder graph, ModelWeights weights, InitializerFolder folder, bool isPortable)
{
    private readonly Dictionary<string, string> _stored = new(StringComparer.Ordinal);

    /// <summary>The weights behind the names.</summary>
    public ModelWeights Weights => weights;

    /// <summary>A list of numbers.</summary>
    public string Vector(string name, int length)
    {
        WeightTensor tensor = weights.Require(name, length);
        return AsFloat(Stored(name, tensor), tensor);
    }

    /// <summary>x W<sup>T</sup>.</summary>
    /// <remarks>
    /// ONNX Runtime has an operator for it that reads the matrix as it lies. Where a transposition is left to be folded, all matrices are written once
    /// more while a model loads, which takes time, and memory that is not given back. The numbers are the same.
    /// </remarks>
    public string Product(string x, string name, int rows, int columns)
    {
        WeightTensor tensor = weights.Require(name, rows, columns);
        return isPortable || tensor.IsTransposed
            ? graph.Node("MatMul", [x, Transposed(name, rows, columns)])
            : graph.RuntimeNode("FusedMatMul", [x, AsFloat(Stored(name, tensor), tensor)], NodeAttribute.Int("transB", 1));
    }

    /// <summary>The transposed matrix, which rows are multiplied with.</summary>
    /// <remarks>A transposition of a constant is what decoders are found by; ONNX Runtime folds it at load.</remarks>
    public string Transposed(string name, int rows, int columns)
    {
        WeightTensor tensor = weights.Require(name, rows, columns);
        string matrix = AsFloat(Stored(name, tensor), tensor);
        return tensor.IsTransposed ? matrix : Transpose(matrix);
    }

    /// <summary>Rows of a matrix.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">How many it has.</param>
    /// <param name="columns">How long they are.</param>
    /// <param name="indices">Which are wanted.</param>
    public string Rows(string name, int rows, int columns, string indices)
    {
        WeightTensor tensor = weights.Require(name, rows, columns);
        string stored = Stored(name, tensor);

        // What was looked up becomes floats, and not the whole table.
        return AsFloat(graph.Node("Gather", [tensor.IsTransposed ? Transpose(stored) : stored, indices]), tensor);
    }

    private string Transpose(string matrix) => graph.Node("Transpose", [matrix], NodeAttribute.Ints("perm", 1, 0));

    private string AsFloat(string value, WeightTensor tensor) =>
        tensor.Type == WeightType.Float32 ? value : graph.Node("Cast", [value], NodeAttribute.Int("to", (int)OnnxElementType.Float));

    private string Stored(string name, WeightTensor tensor)
    {
        if (!_stored.TryGetValue(name, out string? stored))
        {
            stored = graph.Constant(
                name,
                TypeOf(tensor),
                tensor.IsTransposed ? [.. tensor.Shape.Reverse()] : tensor.Shape,
                new ExternalPlace(folder.LocationOf(tensor.File), tensor.Offset, tensor.Length));
            _stored.Add(name, stored);
        }

        return stored;
    }

    private static OnnxElementType TypeOf(WeightTensor tensor) => tensor.Type switch
    {
        WeightType.Float16 => OnnxElementType.Float16,
        WeightType.BFloat16 => OnnxElementType.BFloat16,
        _ => OnnxElementType.Float,
    };
}
