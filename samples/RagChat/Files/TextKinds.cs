namespace RagChat.Files;

/// <summary>Which files are read: a name tells.</summary>
internal static class TextKinds
{
    public const string Named = ".md, .markdown or .txt";

    public static bool IsText(string path) => IsMarkdown(path) || Has(path, ".txt");

    public static bool IsMarkdown(string path) => Has(path, ".md") || Has(path, ".markdown");

    private static bool Has(string path, string extension) => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
}
