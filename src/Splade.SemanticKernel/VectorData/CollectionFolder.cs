namespace Splade.SemanticKernel.VectorData;

/// <summary>Names of collections as names of folders, whatever letters they have.</summary>
internal static class CollectionFolder
{
    /// <summary>The folder of a collection.</summary>
    public static string Of(string folder, string collection) =>
        Path.Combine(folder, Uri.EscapeDataString(collection).Replace(".", "%2E", StringComparison.Ordinal));

    /// <summary>The collection of a folder; null if no collection has such a one.</summary>
    public static string? NameOf(string folder)
    {
        string name = Uri.UnescapeDataString(Path.GetFileName(folder));
        return Path.GetFileName(Of(string.Empty, name)) == Path.GetFileName(folder) ? name : null;
    }
}
