namespace Splade.AI.Search.Storage;

/// <summary>In which ways two descriptions of what vectors depend on differ, in words.</summary>
internal static class SpaceDifferences
{
    /// <param name="found">What the folder says.</param>
    /// <param name="expected">What is at hand.</param>
    public static IReadOnlyList<string> Find(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> expected) =>
    [
        .. found.Keys.Union(expected.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Where(name => found.GetValueOrDefault(name) != expected.GetValueOrDefault(name))
            .Select(name => $"{name} is {Describe(found, name)} in the folder, and {Describe(expected, name)} now"),
    ];

    private static string Describe(IReadOnlyDictionary<string, string> space, string name) =>
        space.TryGetValue(name, out string? value) ? $"'{value}'" : "not given";
}
