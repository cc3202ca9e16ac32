using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Syntax;

namespace RagChat.Documents;

/// <summary>Markdown blocks as plain text, in lines that can be understood (and quoted) on their own. For one document at a time.</summary>
internal sealed class MarkdownText
{
    private readonly StringWriter _written = new();
    private readonly HtmlRenderer _renderer;

    public MarkdownText() => _renderer = new HtmlRenderer(_written) { EnableHtmlForInline = false, EnableHtmlEscape = false };

    public string Render(Block block) => string.Join('\n', Lines(block));

    /// <summary>The text of a heading or paragraph on one line, without its markup.</summary>
    public string Inline(LeafBlock block)
    {
        _written.GetStringBuilder().Clear();
        if (block.ProcessInlines)
        {
            _renderer.WriteLeafInline(block);
        }
        else
        {
            _written.Write(block.Lines.ToString());
        }

        return string.Join(' ', _written.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private IEnumerable<string> Lines(Block block) => block switch
    {
        LinkReferenceDefinitionGroup or ThematicBreakBlock or HtmlBlock { Type: HtmlBlockType.Comment } => [],
        Table table => TableLines(table),
        ListBlock list => list.Cast<ListItemBlock>().SelectMany((item, i) => ItemLines(item, list.IsOrdered ? $"{item.Order}. " : "- ")),
        ContainerBlock container => container.SelectMany(Lines),
        CodeBlock or HtmlBlock => ((LeafBlock)block).Lines.ToString().Split('\n'),
        LeafBlock { ProcessInlines: false } raw => raw.Lines.ToString().Split('\n'),
        LeafBlock leaf => [Inline(leaf)],
        _ => [],
    };

    private IEnumerable<string> ItemLines(ListItemBlock item, string bullet) => item
        .SelectMany(Lines)
        .Select((line, i) => i == 0 ? bullet + line : "  " + line);

    /// <summary>Every cell is named by its column, so that a row says all by itself, also after its table was split.</summary>
    private IEnumerable<string> TableLines(Table table)
    {
        string[][] rows = [.. table.Cast<TableRow>().Select(Cells)];
        string[] names = table[0] is TableRow { IsHeader: true } ? rows[0] : [];
        return rows.Length == 1 ? [string.Join("; ", rows[0])] : rows.Skip(names.Length > 0 ? 1 : 0).Select(r => RowLine(names, r));
    }

    private string[] Cells(TableRow row) => [.. row.Cast<TableCell>().Select(c => string.Join(' ', c.SelectMany(Lines)))];

    private static string RowLine(string[] names, string[] cells) =>
        string.Join("; ", cells.Select((cell, i) => i < names.Length && names[i].Length > 0 ? $"{names[i]}: {cell}" : cell));
}
