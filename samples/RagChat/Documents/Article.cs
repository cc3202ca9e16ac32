namespace RagChat.Documents;

/// <summary>A document as it was read.</summary>
/// <param name="Id">The file's path inside its folder with forward slashes, without the extension unless two files differ in nothing else.</param>
/// <param name="Text">The whole text, with line ends as line feeds.</param>
/// <param name="IsMarkdown">Whether the text has Markdown's structure; if not, it is plain text.</param>
internal sealed record Article(string Id, string Text, bool IsMarkdown);
