using Splade.AI.Files;

namespace Splade.AI.OnnxGraph;

/// <summary>The folder that the locations of external data are relative to.</summary>
/// <remarks>
/// ONNX Runtime refuses external data behind a link that leaves the folder, as links of the Hugging Face cache do: it is given the folder that
/// holds the targets, if one does.
/// </remarks>
internal sealed class InitializerFolder
{
    private readonly bool _followLinks;

    private InitializerFolder(string path, bool followLinks)
    {
        Path = path;
        _followLinks = followLinks;
    }

    public string Path { get; }

    /// <param name="files">The files that hold tensors; the folder of the first is the model's.</param>
    public static InitializerFolder Of(IReadOnlyList<string> files)
    {
        string[] folders = [.. files.Select(f => System.IO.Path.GetDirectoryName(RealPath.Of(f))!).Distinct()];
        return folders is [string folder]
            ? new InitializerFolder(folder, followLinks: true)
            : new InitializerFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(files[0]))!, followLinks: false);
    }

    /// <summary>Whether ONNX Runtime reads a file from there: not behind a link that leaves the folder.</summary>
    public bool Holds(string file) => _followLinks || RealPath.Of(file) == System.IO.Path.Combine(RealPath.Of(Path), LocationOf(file));

    /// <summary>What a tensor's message says of the file that it is in.</summary>
    public string LocationOf(string file) => _followLinks
        ? System.IO.Path.GetFileName(RealPath.Of(file))
        : System.IO.Path.GetRelativePath(Path, System.IO.Path.GetFullPath(file)).Replace('\\', '/');
}
