using System.Globalization;
using System.Text;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Builds HTML from interpolated strings, whose literal parts are markup and whose holes are text: what is put in is always escaped.</summary>
/// <param name="inlineStyles">Whether elements may have styles; else classes of the style sheet stand for them.</param>
internal sealed class HtmlBuilder(bool inlineStyles)
{
    private readonly StringBuilder _html = new();

    public bool InlineStyles => inlineStyles;

    /// <summary>Appends markup with texts in it.</summary>
    public void Add(HtmlMarkup markup) => _html.Append(markup.Html);

    /// <summary>Appends markup that is there already.</summary>
    public void AddMarkup(string markup) => _html.Append(markup);

    /// <summary>Appends the attributes of an element that shows a part of something: its classes, and how large the part is.</summary>
    /// <param name="classes">The classes; empty for none.</param>
    /// <param name="part">The part, from 0 to 1.</param>
    /// <param name="style">The style that says so.</param>
    public void AddPart(string classes, double part, string style)
    {
        string names = inlineStyles ? classes : $"{classes} {HtmlStyle.ClassOf(part)}".Trim();
        string[] attributes = [names.Length > 0 ? $"class=\"{names}\"" : "", inlineStyles ? $"style=\"{style}\"" : ""];
        AddMarkup(string.Join(' ', attributes.Where(attribute => attribute.Length > 0)));
    }

    /// <summary>A number from 0 to 1 as CSS reads it.</summary>
    public static string Factor(double value) => Math.Clamp(value, 0, 1).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The same as a percentage.</summary>
    public static string Percent(double value) => (100 * Math.Clamp(value, 0, 1)).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    public override string ToString() => _html.ToString();
}
