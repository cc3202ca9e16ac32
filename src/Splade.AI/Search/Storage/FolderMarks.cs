namespace Splade.AI.Search.Storage;

/// <summary>Names in a folder that say that something was begun there, and names of files that are nobody's.</summary>
internal static class FolderMarks
{
    /// <summary>An empty file in a copy until it is whole.</summary>
    public const string Copying = "unfinished-copy";

    /// <summary>The manifest of an index that is being deleted.</summary>
    public const string Deleting = "unfinished-deletion";

    /// <summary>What systems put into folders of whatever purpose.</summary>
    private static readonly string[] OfSystems = [".DS_Store", "desktop.ini", "Thumbs.db", "lost+found"];

    /// <summary>The names in a folder, but for those of the system.</summary>
    public static IEnumerable<string> NamesIn(string folder) => Directory
        .EnumerateFileSystemEntries(folder)
        .Select(path => Path.GetFileName(path))
        .Except(OfSystems, StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);
}
