using System.Buffers;

namespace Splade.AI.Files;

/// <summary>Paths that a file or a server names, which must stay inside the folder that they are relative to.</summary>
internal static class InnerPath
{
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c)]);

    private static readonly string[] WindowsDevices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>
    /// The path on this machine of what a relative path names, with <c>/</c> or <c>\</c> between its parts; the folder itself for an empty one.
    /// Null where the words lead out of the folder, on this system or on another.
    /// </summary>
    public static string? Under(string folder, string relative)
    {
        string[] parts = relative.Split('/', '\\');
        bool isRooted = relative.Length > 0 && (parts[0].Length == 0 || (parts[0].Length > 1 && parts[0][1] == ':'));
        IEnumerable<string> steps = parts.Where(p => p is not ("" or "."));
        return !isRooted && steps.All(IsPlainName) ? Path.Combine([folder, .. steps]) : null;
    }

    /// <summary>
    /// Whether every system takes the name as it is. Windows strips blanks and dots from a name's end, so that <c>".. "</c> is <c>".."</c>,
    /// and opens a device for <c>nul.json</c>.
    /// </summary>
    public static bool IsPlainName(string name) =>
        name.Length > 0 && name[^1] is not (' ' or '.') && !name.AsSpan().ContainsAny(Controls) && !IsWindowsDevice(name);

    /// <summary>
    /// Whether a path still leads into a folder when all links are followed, or to where the Hugging Face cache keeps the content of files:
    /// a folder <c>blobs</c> beside one of <c>snapshots</c>, which are made of links.
    /// </summary>
    /// <remarks>The folder may be behind a link itself.</remarks>
    public static bool StaysIn(string folder, string path)
    {
        string real = RealPath.Of(path);
        string realFolder = RealPath.Of(folder);
        return real == realFolder || IsBelow(realFolder, real) || IsBlob(real);
    }

    private static bool IsBelow(string folder, string path) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsBlob(string path)
    {
        return Path.GetDirectoryName(path) is string folder && Path.GetFileName(folder) == "blobs"
            && Directory.Exists(Path.Combine(folder, "..", "snapshots"));
    }

    private static bool IsWindowsDevice(string name)
    {
        string stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return WindowsDevices.Contains(stem)
            || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && (char.IsAsciiDigit(stem[3]) || stem[3] is '¹' or '²' or '³'));
    }
}
