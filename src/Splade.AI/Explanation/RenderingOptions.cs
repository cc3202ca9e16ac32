namespace Splade.AI.Explanation;

/// <summary>How an explanation is written for people. Numbers are of the invariant culture in any case.</summary>
public sealed record RenderingOptions
{
    /// <summary>Enough to see why, and the tables stay on one screen.</summary>
    private const int DefaultTop = 20;

    /// <summary>What a terminal has at least in practice.</summary>
    private const int DefaultWidth = 100;

    /// <summary>Narrower, words cannot be told from each other.</summary>
    private const int LeastWidth = 40;

    /// <summary>How many terms are listed, the most important first. The rest is summed up in one line. Highlights are of all terms.</summary>
    /// <value>The default is 20; null lists all that the explanation has.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Top
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Top));
            field = value;
        }
    }
    = DefaultTop;

    /// <summary>How many cells of a terminal a line may take. Not of use to HTML, which takes the width that there is.</summary>
    /// <remarks>Lines of running text are broken, and long words of tables are cut. Numbers are not: a table may be wider than a narrow terminal.</remarks>
    /// <value>The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 40.</exception>
    public int Width
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastWidth, nameof(Width));
            field = value;
        }
    }
    = DefaultWidth;
}
