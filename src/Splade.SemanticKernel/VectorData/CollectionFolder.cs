using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Folders of collections: which a collection has, which there are, and that each holds the one that it is the folder of.</summary>
internal static class CollectionFolder
{
    /// <summary>The folder of a collection.</summary>
    public static string Of(string folder, string collection) =>
        Path.Combine(folder, FolderName.Of(collection));

    /// <summary>The collections in a folder. What else lies there is none.</summary>
    public static IEnumerable<string> NamesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(RecordTable.Exists).Select(NameOf).OfType<string>() : [];

    /// <summary>Whether a collection is in a folder, damaged or not.</summary>
    public static bool Exists(string folder, string collection) => RecordTable.Exists(Of(folder, collection));

    /// <summary>Deletes a collection, and nothing else that is in its folder; nothing at all, if it is not there.</summary>
    /// <exception cref="SearchStorageException">Somebody has it open, it cannot be deleted, or the folder holds something else.</exception>
    public static void Delete(string folder, string collection) =>
        RecordTable.Delete(Of(folder, collection), static space => space.ContainsKey(CollectionSchema.ColumnsName));

    /// <summary>Refuses a folder that another collection was made in, as one that was copied or renamed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="space">What it remembers.</param>
    /// <param name="collection">The collection that is to be in it.</param>
    /// <exception cref="SearchStorageException">It holds another one.</exception>
    public static void RequireCollection(string folder, IReadOnlyDictionary<string, string> space, string collection)
    {
        if (space.TryGetValue(CollectionSchema.CollectionName, out string? found) && found != collection)
        {
            throw new SearchStorageException(
                $"Found the collection '{found}', expected '{collection}', whose folder this is. Give it back the name that it had, "
                + $"'{FolderName.Of(found)}', or copy its records into the other collection.",
                folder);
        }
    }

    /// <summary>The collection of a folder; null if no collection has such a one.</summary>
    private static string? NameOf(string folder)
    {
        string folderName = Path.GetFileName(folder);
        string? name = FolderName.IsShortened(folderName)
            ? RecordTable.ReadEmbeddingSpace(folder).GetValueOrDefault(CollectionSchema.CollectionName)
            : FolderName.CollectionOf(folderName);
        return name is not null && FolderName.Of(name) == folderName ? name : null;
    }
}
