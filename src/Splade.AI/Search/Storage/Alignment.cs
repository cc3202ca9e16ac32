namespace Splade.AI.Search.Storage;

/// <summary>Where parts of memory and of files may begin.</summary>
internal static class Alignment
{
    /// <summary>What a processor fetches at once, and more than any of its vectors has.</summary>
    public const int CacheLine = 64;

    /// <summary>The first multiple of an alignment that is not below an offset.</summary>
    public static long Align(long offset, int alignment = CacheLine) => (offset + alignment - 1) / alignment * alignment;
}
