namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>How explanations look in browsers.</summary>
internal static class HtmlStyle
{
    /// <summary>The style of the fragments. All of its selectors begin with a class of theirs.</summary>
    public static string Fragment { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(HtmlStyle).Assembly.GetManifestResourceStream("Explanation.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
