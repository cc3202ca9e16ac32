namespace Splade.Benchmarks.Memory;

/// <summary>What a process held, in bytes.</summary>
/// <param name="Loaded">With the model loaded, and one short text encoded.</param>
/// <param name="Peak">At most, while it encoded.</param>
internal sealed record MemoryUse(long Loaded, long Peak)
{
    public long Growth => Math.Max(0, Peak - Loaded);
}
