using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>What one side of a hybrid search gives to the fusion.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="EndsInTie">Whether there are others that score as the last one does, of which the order of insertion took none.</param>
internal readonly record struct SideHits(SearchHit<string>[] Hits, bool EndsInTie)
{
    /// <summary>How many hits to search for, so that <see cref="Cut"/> sees whether the last one is tied.</summary>
    public static int Wanted(int depth) => depth == int.MaxValue ? depth : depth + 1;

    /// <summary>The first of as many as were <see cref="Wanted"/>.</summary>
    public static SideHits Cut(SearchHit<string>[] found, int depth) => found.Length > depth
        ? new SideHits(found[..depth], found[depth].Score == found[depth - 1].Score)
        : new SideHits(found, EndsInTie: false);
}
