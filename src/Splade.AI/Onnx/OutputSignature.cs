namespace Splade.AI.Onnx;

/// <summary>Which outputs of a model are read, and what they hold.</summary>
/// <param name="Contract">What they hold.</param>
/// <param name="Names">Their names: one, or the indices' and the weights'.</param>
/// <param name="Width">The length of a row, as far as the file declares it; null where it leaves that open.</param>
internal sealed record OutputSignature(OutputContract Contract, string[] Names, int? Width);
