using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Folders of collections, whose names are those of the collections, whatever letters they have.</summary>
internal static class CollectionFolder
{
    /// <summary>The folder of a collection.</summary>
    public static string Of(string folder, string collection) =>
        Path.Combine(folder, Uri.EscapeDataString(collection).Replace(".", "%2E", StringComparison.Ordinal));

    /// <summary>The collections in a folder. What else lies there is none.</summary>
    public static IEnumerable<string> NamesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(IndexFolder.IsIn).Select(NameOf).OfType<string>() : [];

    /// <summary>Whether a collection is in a folder, damaged or not.</summary>
    public static bool Exists(string folder, string collection) => IndexFolder.IsIn(Of(folder, collection));

    /// <summary>Deletes a collection, and nothing else that is in its folder; nothing at all, if it is not there.</summary>
    /// <exception cref="SearchStorageException">Somebody has it open, it cannot be deleted, or the folder holds something else.</exception>
    public static void Delete(string folder, string collection)
    {
        string path = Of(folder, collection);
        if (IndexFolder.IsIn(path))
        {
            RequireCollection(path);
            IndexFolder.Delete(path);
        }
        else if (IndexFolder.IsHalfDeleted(path))
        {
            IndexFolder.Delete(path);
        }
    }

    /// <summary>The collection of a folder; null if no collection has such a one.</summary>
    private static string? NameOf(string folder)
    {
        string name = Uri.UnescapeDataString(Path.GetFileName(folder));
        return Path.GetFileName(Of(string.Empty, name)) == Path.GetFileName(folder) ? name : null;
    }

    private static void RequireCollection(string folder)
    {
        string path = Path.Combine(folder, ManifestFile.Name);
        if (!ManifestFile.IsOne(path) || !MayBeCollection(path))
        {
            throw new SearchStorageException(
                "Found a folder that holds something else, expected a collection. Delete the folder by other means if it is to go.", folder);
        }
    }

    // A damaged one too, which to delete is a way out.
    private static bool MayBeCollection(string manifest) => ManifestFile.TryRead(manifest)?.Space.ContainsKey(CollectionSchema.ColumnsName) is not false;
}
