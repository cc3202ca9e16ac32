namespace Splade.AI.Hybrid;

/// <summary>Ranks from 1 of scores in order, of which equal ones share the rank of the first: 1, 1, 3.</summary>
/// <remarks>
/// Standard competition ranking, as SQL's <c>RANK</c> has it: one more than the number of those that are better. So a rank does not depend on where
/// the list is cut, as the mean of the tied places would.
/// </remarks>
internal static class CompetitionRanks
{
    public static int[] Of(IEnumerable<float> scores)
    {
        var ranks = new List<int>();
        float before = float.NaN;
        foreach (float score in scores)
        {
            ranks.Add(score == before ? ranks[^1] : ranks.Count + 1);
            before = score;
        }

        return [.. ranks];
    }

    /// <summary>Whether one of the ranks is that of another place too.</summary>
    public static bool IsShared(int[] ranks, int place) =>
        (place > 0 && ranks[place - 1] == ranks[place]) || (place + 1 < ranks.Length && ranks[place + 1] == ranks[place]);
}
