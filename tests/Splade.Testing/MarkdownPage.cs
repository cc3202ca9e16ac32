using System.Text.RegularExpressions;

namespace Splade.Testing;

/// <summary>A Markdown file of the repository: its code, tables and links.</summary>
public sealed partial class MarkdownPage
{
    private readonly string _folder;

    /// <param name="path">Relative to the repository.</param>
    public MarkdownPage(string path)
    {
        string file = Path.Combine(Repository.Root, path);
        _folder = Path.GetDirectoryName(file)!;
        Text = File.ReadAllText(file).ReplaceLineEndings("\n");
    }

    public string Text { get; }

    /// <summary>The cells of all tables, row by row, without the lines under the headers.</summary>
    public IReadOnlyList<string[]> Rows =>
        [.. Text.Split('\n').Where(line => line.StartsWith('|') && !Ruler().IsMatch(line)).Select(Cells)];

    /// <summary>Full paths of what the page links to in the repository.</summary>
    public IReadOnlyList<string> LinkedPaths =>
        [.. LocalLink().Matches(Text).Select(m => Path.GetFullPath(Path.Combine(_folder, m.Groups["path"].Value)))];

    /// <summary>The fenced blocks of a language, without white space around them.</summary>
    public string[] Blocks(string language) =>
        [.. CodeBlock().Matches(Text).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["code"].Value.Trim())];

    // A bar inside code is written as \| in a table.
    private static string[] Cells(string row) =>
        [.. CellBar().Split(row.Trim())[1..^1].Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal).Trim())];

    [GeneratedRegex("^```(?<language>\\w*)\\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#]+)(#[^)]*)?\)")]
    private static partial Regex LocalLink();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBar();

    [GeneratedRegex(@"^[\s|:-]+$")]
    private static partial Regex Ruler();
}
