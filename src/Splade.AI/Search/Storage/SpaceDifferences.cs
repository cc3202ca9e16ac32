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

    // A model is known by its contents, or where those of one side are not known, by its name.
    private static IEnumerable<string> Compared(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> expected)
    {
        bool hashes = found.ContainsKey(SpaceNames.ModelHash) && expected.ContainsKey(SpaceNames.ModelHash);
        return found.Keys.Union(expected.Keys, StringComparer.Ordinal).Where(name => name != (hashes ? SpaceNames.Model : SpaceNames.ModelHash));
    }

    private static string Describe(IReadOnlyDictionary<string, string> space, string name) =>
        space.TryGetValue(name, out string? value) ? $"'{value}'" : "not given";
}
