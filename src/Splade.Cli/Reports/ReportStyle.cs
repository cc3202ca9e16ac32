using Spectre.Console;
using Splade.AI.Explanation;

namespace Splade.Cli.Reports;

/// <summary>The looks of parts of a report, in the 256 colours that terminals share.</summary>
/// <remarks>
/// Colours of text are of middling brightness, so that they are read on dark and on light backgrounds; a highlight sets both the
/// background and the text upon it. Orange, blue and purple are told apart by those who do not see all colours. No colour is the only sign.
/// </remarks>
internal static class ReportStyle
{
    // The weakest first. Numbers of xterm's 256 colours.
    private static readonly int[] LiteralLevels = [144, 179, 178, 214, 208];
    private static readonly int[] ExpansionLevels = [109, 110, 74, 75, 39];

    private static readonly Color UponHighlight = Color.FromInt32(16);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Muted { get; } = new(decoration: Decoration.Dim);

    public static Style Warning { get; } = new(Color.FromInt32(160), decoration: Decoration.Bold);

    /// <summary>A highlight by its strength, underlined where it has none; other text by where its term comes from.</summary>
    public static Style Of(ReportRun run) => run switch
    {
        { Intensity: 0 } => new Style(decoration: Decoration.Underline),
        { Intensity: double intensity } => new Style(UponHighlight, Background(run.Origin, intensity)),
        { Origin: TermOrigin.Literal } => new Style(Color.FromInt32(166)),
        { Origin: TermOrigin.Expansion } => new Style(Color.FromInt32(32)),
        { Origin: TermOrigin.Policy } => new Style(Color.FromInt32(133)),
        _ => Style.Plain,
    };

    private static Color Background(TermOrigin? origin, double intensity)
    {
        int[] levels = origin == TermOrigin.Literal ? LiteralLevels : ExpansionLevels;
        return Color.FromInt32(levels[Math.Clamp((int)(intensity * levels.Length), 0, levels.Length - 1)]);
    }
}
