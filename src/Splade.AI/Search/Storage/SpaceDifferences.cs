namespace Splade.AI.Search.Storage;

/// <summary>In which ways two descriptions of what vectors depend on differ, in words.</summary>
internal static class SpaceDifferences
{
    /// <param name="found">What the folder says.</param>
    /// <param name="expected">What is at hand.</param>
    public static IReadOnlyList<string> Find(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> expected) =>
    [
        .. Compared(found, expected)
            .Order(StringComparer.Ordinal)
            .Where(name => found.GetValueOrDefault(name) != expected.GetValueOrDefault(name))
            .Select(name => $"{name} is {Describe(found, name)} in the folder, and {Describe(expected, name)} now"),
    ];

    // A model is known by the hash of its contents, or where that of one side is not known, by its name.
    private static HashSet<string> Compared(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> expected)
    {
        var names = found.Keys.Union(expected.Keys, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (string name in names.ToArray())
        {
            if (SpaceNames.HashOf(name) is string hash)
            {
                names.Remove(found.ContainsKey(hash) && expected.ContainsKey(hash) ? name : hash);
            }
        }

        return names;
    }

    private static string Describe(IReadOnlyDictionary<string, string> space, string name) =>
        space.TryGetValue(name, out string? value) ? $"'{value}'" : "not given";
}
