namespace RagChat.Documents;

/// <summary>Reads the .md and .txt files of a folder and its subfolders. What it cannot read it reports, and goes on.</summary>
/// <remarks>Hidden folders and links to folders are not entered: the first hold tools' data, the second can form circles.</remarks>
internal static class ArticleReader
{
    /// <exception cref="DirectoryNotFoundException">The folder does not exist, or is a file.</exception>
    /// <exception cref="InvalidDataException">No file in it could be read as text.</exception>
    public static async Task<ArticleCollection> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            string found = File.Exists(folder) ? "is a file" : "does not exist";
            throw new DirectoryNotFoundException($"The folder '{folder}' {found}. Name a folder that holds .md or .txt files.");
        }

        var skipped = new List<SkippedFile>();
        var articles = new List<Article>();
        string[] paths = [.. TextFiles(folder, folder, skipped).Order(StringComparer.Ordinal)];
        Dictionary<string, string> ids = ArticleIds.For(paths);
        foreach (string path in paths)
        {
            try
            {
                string text = await TextFile.ReadAsync(Path.Combine(folder, path), cancellationToken);
                articles.Add(new Article(ids[path], text, IsMarkdown: HasExtension(path, ".md")));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                skipped.Add(new SkippedFile(path, ReasonOf(e)));
            }
        }

        return articles.Count > 0
            ? new ArticleCollection(articles, [.. skipped.OrderBy(s => s.Path, StringComparer.Ordinal)])
            : throw new InvalidDataException(NothingReadable(folder, skipped));
    }

    private static List<string> TextFiles(string root, string folder, List<SkippedFile> skipped)
    {
        var found = new List<string>();
        try
        {
            found.AddRange(Directory.GetFiles(folder).Where(IsText).Select(f => Path.GetRelativePath(root, f)));
            foreach (string inner in Directory.GetDirectories(folder).Where(IsEntered))
            {
                found.AddRange(TextFiles(root, inner, skipped));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            skipped.Add(new SkippedFile(Path.GetRelativePath(root, folder), ReasonOf(e)));
        }

        return found;
    }

    private static bool IsText(string path) => HasExtension(path, ".md") || HasExtension(path, ".txt");

    private static bool IsEntered(string folder) => !Path.GetFileName(folder).StartsWith('.') && new DirectoryInfo(folder).LinkTarget is null;

    private static bool HasExtension(string path, string extension) => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);

    private static string ReasonOf(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException => "the file does not exist (a broken link?)",
        _ => e.Message,
    };

    private static string NothingReadable(string folder, List<SkippedFile> skipped) => skipped.Count == 0
        ? $"The folder '{folder}' holds no .md or .txt file."
        : $"Nothing in the folder '{folder}' could be read: " + string.Join("; ", skipped.Take(5).Select(s => $"{s.Path}: {s.Reason}"));
}
