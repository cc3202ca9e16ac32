namespace Splade.AI.Files;

/// <summary>Where a file is once all links on the way to it are followed, those of its folders too.</summary>
internal static class RealPath
{
    /// <summary>More than any system follows before it speaks of a circle: what a path opens is known here.</summary>
    private const int MostLinks = 64;

    public static string Of(string path)
    {
        int links = MostLinks;
        return Follow(Path.GetFullPath(path), ref links);
    }

    // A link is relative to the folder that it is in, wherever that is reached from: folders come first. The links of the whole way are
    // counted, as systems do: a few that lead to one another twice would take for ever.
    private static string Follow(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not string parent)
        {
            return path;
        }

        string folder = Follow(parent, ref links);
        string here = Path.Combine(folder, Path.GetFileName(path));
        return links > 0 && new FileInfo(here).LinkTarget is string target && links-- > 0 ? Follow(Path.GetFullPath(target, folder), ref links) : here;
    }
}
