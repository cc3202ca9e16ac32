namespace Splade.Benchmarks.Memory;

/// <summary>What the process holds after so many documents, in bytes.</summary>
/// <param name="Documents">How many were encoded.</param>
/// <param name="Resident">The whole process.</param>
/// <param name="Managed">The managed heap.</param>
internal sealed record SoakSample(int Documents, long Resident, long Managed)
{
    public static SoakSample Take(int documents) => new(documents, ProcessMemory.Now, GC.GetGCMemoryInfo().HeapSizeBytes);
}
