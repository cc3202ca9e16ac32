namespace RagChat.Documents;

/// <summary>An article's title and sections, whatever format it was written in.</summary>
internal sealed record Outline(string Title, IReadOnlyList<Section> Sections)
{
    /// <summary>The file's name as words: <c>guides/first-steps</c> is called "first steps".</summary>
    public static string TitleFromId(string articleId) => articleId[(articleId.LastIndexOf('/') + 1)..].Replace('-', ' ').Replace('_', ' ');
}
