namespace RagChat.Documents;

/// <summary>Splits articles into passages: one per section, or several where a section is too long for the models.</summary>
/// <param name="maxTokens">The most tokens that a passage may have with its title and headings.</param>
/// <param name="countTokens">Counts tokens as the models do. Sums of it over the parts of a text are taken for its count of the whole.</param>
internal sealed class PassageSplitter(int maxTokens, Func<string, int> countTokens)
{
    /// <summary>How passages before the first heading are cited.</summary>
    private const string NoHeading = "text";

    /// <summary>The passages of all articles, no two with the same id.</summary>
    public IEnumerable<Passage> Split(IEnumerable<Article> articles)
    {
        var ids = new PassageIds();
        return articles.SelectMany(article => Split(article, ids));
    }

    private IEnumerable<Passage> Split(Article article, PassageIds ids)
    {
        foreach (Section section in article.Outline.Sections)
        {
            string context = string.Join(" > ", section.Headings.Prepend(article.Outline.Title));
            string heading = section.Headings.Count > 0 ? section.Headings[^1] : NoHeading;
            foreach (string part in PackerUnder(context).Pack(section.Text))
            {
                yield return new Passage(ids.Next($"{article.Id}#{heading}"), article.Id, context, part);
            }
        }
    }

    /// <summary>Very long headings leave the text half of the room: their own ends are then cut off, which the models report.</summary>
    private TextPacker PackerUnder(string context) => new(Math.Max(maxTokens / 2, maxTokens - countTokens(context)), countTokens);
}
