using System.Buffers;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>Paths inside a repository. They come from a server and become paths on this machine, so each is checked first.</summary>
internal static class RepositoryPath
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    /// <summary>Whether the path stays inside the folder that it is put under, on every platform.</summary>
    public static bool IsSafe(string path) =>
        path.Split('/').All(part => InnerPath.IsPlainName(part) && !part.AsSpan().ContainsAny(Forbidden));

    /// <summary>The path on this machine of a file inside <paramref name="folder"/>.</summary>
    public static string ToLocal(string folder, string path) => Path.Combine([folder, .. path.Split('/')]);

    /// <summary>The path inside <paramref name="folder"/> of a file on this machine.</summary>
    public static string FromLocal(string folder, string file) => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
