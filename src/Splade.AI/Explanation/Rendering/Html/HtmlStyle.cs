using System.Globalization;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>How explanations look in browsers.</summary>
internal static class HtmlStyle
{
    /// <summary>Parts are told by classes to the percent.</summary>
    private const int Steps = 100;

    private const string Parts = """
        .splade-balance span { flex-grow: var(--splade-amount); }
        .splade-bar span { width: calc(100% * var(--splade-amount)); }

        """;

    /// <summary>The style of the fragments. All of its selectors begin with a class of theirs.</summary>
    public static string Fragment { get; } = Read();

    /// <summary>The same for fragments without styles of their own, with the classes that say how large parts are.</summary>
    public static string Sheet { get; } = Fragment + Parts + string.Concat(Enumerable.Range(0, Steps + 1).Select(Rule));

    /// <summary>The class of an element that shows a part of something.</summary>
    public static string ClassOf(double part) => ClassOf((int)Math.Round(Math.Clamp(part, 0, 1) * Steps));

    private static string ClassOf(int step) => string.Create(CultureInfo.InvariantCulture, $"splade-part-{step}");

    private static string Rule(int step) => $".{ClassOf(step)} {{ --splade-amount: {HtmlBuilder.Factor((double)step / Steps)}; }}\n";

    private static string Read()
    {
        using Stream stream = typeof(HtmlStyle).Assembly.GetManifestResourceStream("Explanation.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
