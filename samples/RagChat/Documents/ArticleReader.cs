using RagChat.Files;

namespace RagChat.Documents;

/// <summary>Makes articles of the text files of a folder. What it cannot read it reports, and goes on.</summary>
internal static class ArticleReader
{
    /// <summary>Parsed Markdown takes a hundred times the memory of its text.</summary>
    private const int MaxMarkdown = 2_000_000;

    /// <inheritdoc cref="FolderReader.ReadAsync"/>
    public static async Task<ArticleCollection> ReadAsync(string folder, CancellationToken cancellationToken) =>
        Read(await FolderReader.ReadAsync(folder, limits: null, cancellationToken), cancellationToken);

    /// <summary>Makes articles of the texts that were found in a folder.</summary>
    public static ArticleCollection Read(FolderContents found, CancellationToken cancellationToken)
    {
        Dictionary<string, string> ids = ArticleIds.For([.. found.Texts.Select(t => t.Path)]);
        var asPlainText = new List<SkippedFile>();
        var articles = new List<Article>();
        foreach (FolderText text in found.Texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            articles.Add(Read(ids[text.Path], text, asPlainText));
        }

        IEnumerable<string> remarks = asPlainText.Select(s => $"the structure of {PrintableText.Line(s.Path)}, which is read as plain text: {s.Reason}");
        return new ArticleCollection(articles, found.Skipped, [.. found.Remarks.Concat(remarks)]);
    }

    private static Article Read(string id, FolderText text, List<SkippedFile> asPlainText)
    {
        if (!text.IsMarkdown)
        {
            return Article.OfPlainText(id, text.Text);
        }

        if (text.Text.Length > MaxMarkdown)
        {
            asPlainText.Add(new SkippedFile(text.Path, $"Markdown of more than {MaxMarkdown / 1_000_000} MB"));
            return Article.OfPlainText(id, text.Text);
        }

        try
        {
            return Article.OfMarkdown(id, text.Text);
        }
        catch (ArgumentException e)
        {
            // The parser's own limit of depth. The text is as good without its structure.
            asPlainText.Add(new SkippedFile(text.Path, e.Message));
            return Article.OfPlainText(id, text.Text);
        }
    }
}
