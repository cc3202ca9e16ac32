namespace Splade.AI;
/// <summary>x</summary>
public sealed class DenseEmbeddingGenerator;
