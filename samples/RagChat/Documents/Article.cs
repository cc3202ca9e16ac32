namespace RagChat.Documents;

/// <summary>A document as it was read.</summary>
/// <param name="Id">The file's path inside its folder with forward slashes, without the extension unless two files differ in nothing else.</param>
/// <param name="Outline">Its title and sections.</param>
internal sealed record Article(string Id, Outline Outline)
{
    public static Article OfMarkdown(string id, string text) => new(id, MarkdownOutline.Read(id, text));

    public static Article OfPlainText(string id, string text) => new(id, new Outline(Outline.TitleFromId(id), [new Section([], text)]));
}
