using System.Globalization;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>What parts of a report look like: plain, or in the 256 colours that terminals share.</summary>
/// <remarks>
/// Colours of text are of middling brightness, so that they are read on dark and on light backgrounds; a highlight sets both the
/// background and the text upon it. Orange, blue and purple are told apart by those who do not see all colours. No colour is the only sign.
/// </remarks>
internal sealed class TerminalStyle
{
    private const string Escape = "\e[";
    private const string Reset = "\e[0m";

    // The weakest first. Numbers of xterm's 256 colours.
    private static readonly int[] LiteralLevels = [144, 179, 178, 214, 208];
    private static readonly int[] ExpansionLevels = [109, 110, 74, 75, 39];

    private readonly bool _hasColours;

    private TerminalStyle(bool hasColours) => _hasColours = hasColours;

    public static TerminalStyle Plain { get; } = new(hasColours: false);

    public static TerminalStyle Colours { get; } = new(hasColours: true);

    public bool HasColours => _hasColours;

    public string Strong(string text) => Paint("1", text);

    public string Muted(string text) => Paint("2", text);

    public string Warning(string text) => Paint("1;38;5;160", text);

    /// <summary>Text of a term, by where it comes from.</summary>
    public Func<string, string> Of(TermOrigin? origin) => origin switch
    {
        TermOrigin.Literal => text => Paint("38;5;166", text),
        TermOrigin.Expansion => text => Paint("38;5;32", text),
        TermOrigin.Policy => text => Paint("38;5;133", text),
        _ => text => text,
    };

    /// <summary>A highlighted part of a text. One without an amount is underlined.</summary>
    /// <param name="text">The part.</param>
    /// <param name="origin">Whether it stands for literal terms or for expansions.</param>
    /// <param name="intensity">How strong it is, from 0 to 1.</param>
    public string Highlight(string text, TermOrigin origin, double intensity)
    {
        int[] levels = origin == TermOrigin.Literal ? LiteralLevels : ExpansionLevels;
        int level = Math.Clamp((int)(intensity * levels.Length), 0, levels.Length - 1);
        return Paint(intensity > 0 ? string.Create(CultureInfo.InvariantCulture, $"38;5;16;48;5;{levels[level]}") : "4", text);
    }

    private string Paint(string codes, string text) => _hasColours && text.Length > 0 ? $"{Escape}{codes}m{text}{Reset}" : text;
}
