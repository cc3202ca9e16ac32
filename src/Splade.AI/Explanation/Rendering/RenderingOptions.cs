namespace Splade.AI.Explanation;

/// <summary>Provides the options of how an explanation is written for people. Numbers are of the invariant culture in any case.</summary>
public sealed class RenderingOptions
{
    /// <summary>Enough to see why, and the tables stay on one screen.</summary>
    private const int DefaultTop = 20;

    /// <summary>What a terminal has at least in practice.</summary>
    private const int DefaultWidth = 100;

    /// <summary>Narrower, words cannot be told from each other.</summary>
    private const int LeastWidth = 40;

    /// <summary>Gets or sets how many terms are listed, the most important first. The rest is summed up in one line. Highlights are of all terms.</summary>
    /// <value>The default is 20; null lists all that the explanation has.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Top));
            field = value;
        }
    }
    = DefaultTop;

    /// <summary>Gets or sets how many characters a line of text may have. Not of use to HTML, which takes the width that there is.</summary>
    /// <remarks>Lines of running text are broken, and long words of tables are cut. Numbers are not: a table may be wider than a narrow page.</remarks>
    /// <value>The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 40.</exception>
    public int Width
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastWidth, nameof(Width));
            field = value;
        }
    }
    = DefaultWidth;

    /// <summary>
    /// Gets or sets a value indicating whether HTML carries its styles: in an element of their own, and in those whose size or strength says something. Pages whose content
    /// policy allows neither set it to false, and serve <see cref="ExplanationRendering.StyleSheet"/>; sizes are then to the percent.
    /// </summary>
    /// <value>The default is true.</value>
    public bool InlineStyles { get; set; } = true;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public RenderingOptions Clone() => (RenderingOptions)MemberwiseClone();

    /// <summary>The options with their defaults; never to be changed.</summary>
    internal static RenderingOptions Default { get; } = new();
}
