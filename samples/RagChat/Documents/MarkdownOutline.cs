using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace RagChat.Documents;

/// <summary>Cuts Markdown at its headings.</summary>
internal static class MarkdownOutline
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UseGridTables().Build();

    public static Outline Read(Article article)
    {
        MarkdownDocument document = Markdown.Parse(article.Text, Pipeline);
        List<Block> blocks = [.. document.Where(b => b is not YamlFrontMatterBlock)];
        string title = Outline.TitleFromId(article.Id);
        if (blocks is [HeadingBlock { Level: 1 } first, ..])
        {
            title = MarkdownText.Inline(first);
            blocks.RemoveAt(0);
        }

        return new Outline(title, [.. Sections(blocks).Where(s => s.Text.Length > 0)]);
    }

    private static IEnumerable<Section> Sections(List<Block> blocks)
    {
        var open = new Stack<(int Level, string Heading)>();
        var texts = new List<string>();
        foreach (Block block in blocks)
        {
            if (block is not HeadingBlock heading)
            {
                texts.Add(MarkdownText.Render(block));
                continue;
            }

            yield return Close(open, texts);
            while (open.TryPeek(out (int Level, string) above) && above.Level >= heading.Level)
            {
                open.Pop();
            }

            open.Push((heading.Level, MarkdownText.Inline(heading)));
        }

        yield return Close(open, texts);
    }

    private static Section Close(Stack<(int Level, string Heading)> open, List<string> texts)
    {
        var section = new Section([.. open.Reverse().Select(h => h.Heading)], string.Join("\n\n", texts.Where(t => t.Length > 0)));
        texts.Clear();
        return section;
    }
}
