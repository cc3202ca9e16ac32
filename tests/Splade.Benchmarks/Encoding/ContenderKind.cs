namespace Splade.Benchmarks.Encoding;

/// <summary>What a contender is compared as.</summary>
internal enum ContenderKind
{
    /// <summary>FastEmbed's arithmetic, restated.</summary>
    FastEmbed,

    /// <summary>A loop that a good engineer writes.</summary>
    Careful,

    /// <summary>This library.</summary>
    Ours,
}
