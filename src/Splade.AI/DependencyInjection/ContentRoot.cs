namespace Splade.AI.DependencyInjection;

/// <summary>Where the relative paths of a host's settings start: a service's working folder is seldom the one of its files.</summary>
internal static class ContentRoot
{
    /// <summary>A path under the root; the path itself where there is no root, and so none but the working folder.</summary>
    public static string Resolve(string path, string? root) => Path.IsPathFullyQualified(root ?? "") ? Path.GetFullPath(path, root!) : path;
}
