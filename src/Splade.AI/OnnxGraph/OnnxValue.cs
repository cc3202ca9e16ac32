namespace Splade.AI.OnnxGraph;

/// <summary>What an input or output of the graph is said to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers; undefined if it is no tensor.</param>
/// <param name="Dimensions">Its shape, null for a length that is left open; null if not even the rank is said.</param>
/// <param name="Field">The field of the graph that holds it.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, IReadOnlyList<long?>? Dimensions, ProtoField Field);
