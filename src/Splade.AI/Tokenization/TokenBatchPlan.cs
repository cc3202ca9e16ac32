namespace Splade.AI.Tokenization;

/// <summary>Splits texts into batches that waste little on padding and stay below a token budget.</summary>
internal static class TokenBatchPlan
{
    /// <summary>
    /// The texts of each batch, as positions in <paramref name="tokenCounts"/>. Texts are taken from the longest to the shortest, so that
    /// neighbours differ little; a batch is closed before its rows times its longest text would exceed <paramref name="tokenBudget"/>.
    /// A text that is longer than the budget is a batch of its own.
    /// </summary>
    public static IReadOnlyList<int[]> Create(ReadOnlySpan<int> tokenCounts, int tokenBudget)
    {
        int[] counts = tokenCounts.ToArray();
        int[] byLength = Enumerable.Range(0, counts.Length).OrderByDescending(i => counts[i]).ToArray();
        var batches = new List<int[]>();
        for (int start = 0; start < byLength.Length;)
        {
            int longest = Math.Max(1, counts[byLength[start]]);
            int rows = Math.Clamp(tokenBudget / longest, 1, byLength.Length - start);
            batches.Add(byLength[start..(start + rows)]);
            start += rows;
        }

        return batches;
    }
}
