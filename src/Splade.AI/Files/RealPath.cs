namespace Splade.AI.Files;

/// <summary>Where a file is once all links on the way to it are followed, those of its folders too.</summary>
internal static class RealPath
{
    /// <summary>What systems follow before they speak of a circle.</summary>
    private const int MostLinks = 40;

    public static string Of(string path) => Follow(Path.GetFullPath(path), MostLinks);

    // A link is relative to the folder that it is in, wherever that is reached from: folders come first.
    private static string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not string parent)
        {
            return path;
        }

        string folder = Follow(parent, links);
        string here = Path.Combine(folder, Path.GetFileName(path));
        return links > 0 && new FileInfo(here).LinkTarget is string target ? Follow(Path.GetFullPath(target, folder), links - 1) : here;
    }
}
