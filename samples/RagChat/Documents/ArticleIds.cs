using RagChat.Files;

namespace RagChat.Documents;

/// <summary>Short names for files, to be shown in citations.</summary>
internal static class ArticleIds
{
    /// <summary>One id per path: the path without its extension, or with it where another file would have the same id.</summary>
    public static Dictionary<string, string> For(IReadOnlyList<string> paths)
    {
        HashSet<string> shared = [.. paths.GroupBy(Short, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).SelectMany(g => g)];
        return paths.ToDictionary(p => p, p => shared.Contains(p) ? WithSlashes(p) : Short(p));
    }

    private static string Short(string path) => WithSlashes(Path.ChangeExtension(path, null));

    private static string WithSlashes(string path) => PrintableText.Of(path.Replace('\\', '/'));
}
