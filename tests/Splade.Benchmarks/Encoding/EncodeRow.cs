using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Encoding;

/// <summary>What is known of a contender in the end.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Agreement">How its vectors compare.</param>
/// <param name="Rates">Its documents per second.</param>
internal sealed record EncodeRow(EncoderContender Contender, Agreement Agreement, Measurement Rates)
{
    /// <summary>What its process held; null if that was not measured.</summary>
    public MemoryUse? Memory { get; init; }
}
