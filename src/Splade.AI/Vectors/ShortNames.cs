namespace Splade.AI;

/// <summary>Names from files, which may be of any number and length, made fit for a message.</summary>
internal static class ShortNames
{
    private const int Most = 8;

    private const int Longest = 100;

    /// <summary>A name without control characters, cut where it is long.</summary>
    public static string Cut(string name)
    {
        string start = name.Length <= Longest ? name : name[..(Longest - 3)] + "...";
        foreach (char c in start)
        {
            if (!IsPlain(c))
            {
                return string.Concat(start.Select(other => IsPlain(other) ? other : '\uFFFD'));
            }
        }

        return start;
    }

    /// <summary>The first names, and how many more there are.</summary>
    public static IReadOnlyList<string> Few(IReadOnlyList<string> names) =>
        names.Count <= Most ? names : [.. names.Take(Most), $"and {names.Count - Most} more"];

    private static bool IsPlain(char c) => !char.IsControl(c) && !char.IsSurrogate(c);
}
