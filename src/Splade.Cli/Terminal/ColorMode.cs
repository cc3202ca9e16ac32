namespace Splade.Cli.Terminal;

/// <summary>Whether output has colours.</summary>
internal enum ColorMode
{
    /// <summary>Where it goes to a terminal that shows them, and nobody has set NO_COLOR (no-color.org).</summary>
    Auto,

    Always,

    Never,
}
