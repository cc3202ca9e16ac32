namespace Splade.AI.OnnxGraph;

/// <summary>A constant that the decoder uses.</summary>
/// <param name="Value">The name under which the graph has it, as it is stored.</param>
/// <param name="Tensor">What is stored.</param>
/// <param name="Transposed">Whether the decoder uses it transposed.</param>
/// <param name="Type">The type in which the decoder uses it; another than the tensor's if the graph casts it.</param>
internal sealed record DecoderConstant(string Value, OnnxTensor Tensor, bool Transposed, OnnxElementType Type);
