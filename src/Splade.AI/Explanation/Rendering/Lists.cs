namespace Splade.AI.Explanation.Rendering;

/// <summary>Lists within a sentence.</summary>
internal static class Lists
{
    /// <summary>The first of some items, and how many more there are.</summary>
    /// <param name="items">The items that there are.</param>
    /// <param name="top">How many are named; null for all.</param>
    /// <param name="count">How many there are in all, if not all of them are in <paramref name="items"/>.</param>
    public static string Join(IEnumerable<string> items, int? top, int? count = null)
    {
        string[] all = [.. items];
        string[] named = [.. all.Take(top ?? all.Length)];
        int more = (count ?? all.Length) - named.Length;
        return more > 0 ? $"{string.Join(", ", named)} and {more} more" : string.Join(", ", named);
    }
}
