using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using RagChat.Documents.Bounded;
using RagChat.Files;

namespace RagChat.Documents;

/// <summary>Cuts Markdown at its headings.</summary>
internal static class MarkdownOutline
{
    /// <summary>A heading goes before each passage under it.</summary>
    private const int MaxHeading = 200;

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UseGridTables().UseBoundedParsers().Build();

    /// <exception cref="ArgumentException">The Markdown is nested deeper than the parser goes.</exception>
    public static Outline Read(string articleId, string text)
    {
        MarkdownDocument document = Markdown.Parse(text, Pipeline);
        var plain = new MarkdownText();
        List<Block> blocks = [.. document.Where(b => b is not YamlFrontMatterBlock)];
        string title = Outline.TitleFromId(articleId);
        if (blocks is [HeadingBlock { Level: 1 } first, ..] && TextOf(first, plain) is { Length: <= MaxHeading } heading)
        {
            title = heading;
            blocks.RemoveAt(0);
        }

        return new Outline(title, [.. Sections(blocks, plain).Where(s => s.Text.Length > 0)]);
    }

    private static IEnumerable<Section> Sections(List<Block> blocks, MarkdownText plain)
    {
        var open = new Stack<(int Level, string Heading)>();
        var texts = new List<string>();
        foreach (Block block in blocks)
        {
            if (block is not HeadingBlock heading)
            {
                texts.Add(plain.Render(block));
                continue;
            }

            yield return Close(open, texts);
            while (open.TryPeek(out (int Level, string) above) && above.Level >= heading.Level)
            {
                open.Pop();
            }

            string text = TextOf(heading, plain);
            open.Push((heading.Level, Beginning(text)));
            texts.AddRange(text.Length > MaxHeading ? [text] : []);
        }

        yield return Close(open, texts);
    }

    // Entities such as &#27; become characters only when they are parsed.
    private static string TextOf(HeadingBlock heading, MarkdownText plain) => PrintableText.Of(plain.Inline(heading));

    /// <summary>A heading, of which what is longer than headings are becomes text under it.</summary>
    private static string Beginning(string text) =>
        text.Length <= MaxHeading ? text : $"{text.AsSpan(0, MaxHeading - (char.IsHighSurrogate(text[MaxHeading - 1]) ? 1 : 0))}…";

    private static Section Close(Stack<(int Level, string Heading)> open, List<string> texts)
    {
        string text = PrintableText.Of(string.Join("\n\n", texts.Where(t => t.Length > 0)));
        texts.Clear();
        return new Section([.. open.Reverse().Select(h => h.Heading)], text);
    }
}
