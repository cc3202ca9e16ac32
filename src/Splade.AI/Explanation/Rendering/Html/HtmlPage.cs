namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>A page around a fragment. Nothing in it can run or be loaded.</summary>
internal static class HtmlPage
{
    public static string Write(string title, string fragment)
    {
        var html = new HtmlBuilder(inlineStyles: true);
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.Add($"<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        html.AddMarkup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        html.Add($"<title>{title}</title>\n</head>\n<body style=\"max-width:62rem;margin:2rem auto;padding:0 1rem\">\n");
        html.AddMarkup(fragment);
        html.Add($"</body>\n</html>\n");
        return html.ToString();
    }
}
