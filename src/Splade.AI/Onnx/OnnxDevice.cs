namespace Splade.AI.Onnx;

/// <summary>Where a session runs.</summary>
/// <param name="CudaId">The number of a CUDA device; null for the processors.</param>
internal readonly record struct OnnxDevice(int? CudaId)
{
    public static OnnxDevice Cpu => default;

    public override string ToString() => CudaId is int id ? $"cuda:{id}" : "cpu";
}
