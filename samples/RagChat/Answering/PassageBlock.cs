using System.Xml.Linq;
using RagChat.Documents;

namespace RagChat.Answering;

/// <summary>Passages as XML inside a prompt. Whatever a passage says, it cannot close its own element and speak as anyone else.</summary>
internal static class PassageBlock
{
    private const string Root = "passages";

    public static string Write(IEnumerable<Passage> passages) => new XElement(Root, passages.Select(p => new XElement(
        "passage",
        new XAttribute("cite", p.Citation),
        new XAttribute("about", p.Context),
        $"\n{p.Text}\n"))).ToString();

    /// <summary>The passages of the block in a text; none where there is no block.</summary>
    public static IReadOnlyList<QuotedPassage> Read(string text)
    {
        int start = text.IndexOf($"<{Root}>", StringComparison.Ordinal);
        string end = $"</{Root}>";
        int stop = text.LastIndexOf(end, StringComparison.Ordinal);
        if (start < 0 || stop < start)
        {
            return [];
        }

        XElement root = XElement.Parse(text[start..(stop + end.Length)], LoadOptions.PreserveWhitespace);
        return [.. root.Elements().Select(p => new QuotedPassage((string)p.Attribute("cite")!, (string)p.Attribute("about")!, p.Value.Trim('\n')))];
    }
}
