using Splade.AI.Weights;

namespace Splade.AI.Architectures.Names;

/// <summary>The weights that a graph asks for. Each must be there, of the type and shape that the configuration implies.</summary>
/// <param name="names">The checkpoint's tensors.</param>
/// <param name="file">What to name where a tensor is missing.</param>
/// <param name="modelClass">The class of the model that the graph computes.</param>
internal sealed class ModelWeights(TensorNames names, string file, string modelClass)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The names that were asked for.</summary>
    public IReadOnlySet<string> Used => _used;

    public bool Has(string name) => names.All.ContainsKey(name);

    /// <summary>The rows of a tensor.</summary>
    public int RowsOf(string name) => Find(name).Shape is [> 0 and <= int.MaxValue and long rows, ..] ? (int)rows : 0;

    /// <exception cref="SpladeModelException">The tensor is missing, or of another type or shape.</exception>
    public WeightTensor Require(string name, params ReadOnlySpan<long> shape)
    {
        WeightTensor tensor = Find(name);
        if (tensor.Type == WeightType.Other || !tensor.IsContiguous)
        {
            string remedy = tensor switch
            {
                { IsContiguous: false } => "its numbers do not lie one after another. Save the model with contiguous tensors.",
                { TypeName: "F64" or "float64" } => "weights of double precision are not supported. Save the model in float32.",
                _ => "quantised weights are not supported. Take the model's files in one of these types.",
            };
            throw new SpladeModelException($"Tensor '{tensor.Name}' is {tensor}, expected float32, float16 or bfloat16: {remedy}", tensor.File);
        }

        return tensor.Shape.SequenceEqual(shape.ToArray()) ? tensor : throw new SpladeModelException(
            $"Tensor '{tensor.Name}' is {tensor}, expected the shape [{string.Join(", ", shape.ToArray())}], as config.json says. "
            + "The two files belong to different models: copy both again from one origin.", tensor.File);
    }

    private WeightTensor Find(string name)
    {
        _used.Add(name);
        return names.All.TryGetValue(name, out WeightTensor? tensor) ? tensor : throw new SpladeModelException(
            $"Tensor '{names.InFile(name)}' is missing, which {modelClass} needs. The file has {Contents()}. "
            + "It belongs to a model of another kind, or is not whole: take the files of the whole model.", file);
    }

    /// <summary>The names of what there is, cut behind their second part.</summary>
    private string Contents()
    {
        string[] parts = [.. names.All.Values.Select(t => string.Join('.', t.Name.Split('.')[..^1].Take(2)) + ".*").Distinct().Order(StringComparer.Ordinal)];
        return parts.Length == 0 ? "no tensor" : string.Join(", ", ShortNames.Few(parts).Select(ShortNames.Cut));
    }
}
