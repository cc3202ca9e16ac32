namespace RagChat.Files;

/// <summary>The text of a file.</summary>
/// <param name="Path">The file's path inside the folder that was read.</param>
/// <param name="Text">All of it, printable, with line ends as line feeds.</param>
/// <param name="IsMarkdown">Whether the file's name says that it is Markdown; if not, it is plain text.</param>
internal sealed record FolderText(string Path, string Text, bool IsMarkdown);
