namespace RagChat.Files;

/// <summary>Where a file is once all links on the way to it are followed.</summary>
internal static class RealPath
{
    /// <summary>What systems follow before they speak of a circle.</summary>
    private const int MostLinks = 40;

    /// <exception cref="InvalidDataException">Links lead in a circle.</exception>
    public static string Of(string path)
    {
        int links = 0;
        return Follow(Path.GetFullPath(path), ref links);
    }

    public static bool IsInside(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // A link is relative to the folder that it is in, wherever that is reached from: folders come first.
    private static string Follow(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not string parent)
        {
            return path;
        }

        string folder = Follow(parent, ref links);
        string here = Path.Combine(folder, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not string target)
        {
            return here;
        }

        return ++links <= MostLinks ? Follow(Path.GetFullPath(target, folder), ref links) : throw new InvalidDataException("its links lead in a circle");
    }
}
