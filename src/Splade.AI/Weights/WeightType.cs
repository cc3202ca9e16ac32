namespace Splade.AI.Weights;

/// <summary>The type of a tensor's numbers in a checkpoint.</summary>
internal enum WeightType
{
    Float32,
    Float16,
    BFloat16,

    /// <summary>Anything else. Buffers have such types, which no graph reads; weights of them are refused.</summary>
    Other,
}
