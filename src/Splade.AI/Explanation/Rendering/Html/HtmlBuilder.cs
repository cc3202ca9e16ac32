using System.Text;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Builds HTML from interpolated strings, whose literal parts are markup and whose holes are text: what is put in is always escaped.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _html = new();

    /// <summary>Appends markup with texts in it.</summary>
    public void Add(HtmlMarkup markup) => _html.Append(markup.Html);

    /// <summary>Appends markup that is there already.</summary>
    public void AddMarkup(string markup) => _html.Append(markup);

    public override string ToString() => _html.ToString();
}
