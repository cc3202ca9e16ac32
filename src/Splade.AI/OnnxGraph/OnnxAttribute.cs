namespace Splade.AI.OnnxGraph;

/// <summary>What a node's attribute holds, as far as it is looked at.</summary>
internal sealed record OnnxAttribute(long? Int, float? Float, IReadOnlyList<long> Ints, OnnxTensor? Tensor);
