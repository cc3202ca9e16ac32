namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>Texts as they may be sent to a terminal: they must not command it, and must not change the order of what stands beside them.</summary>
internal static class TerminalText
{
    private const char Replacement = '\uFFFD';

    /// <summary>A text of the same length with line feeds and nothing else that controls: places in one are places in the other.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i] switch
            {
                '\n' => '\n',
                '\r' when i + 1 < source.Length && source[i + 1] == '\n' => ' ',
                '\r' or '\u2028' or '\u2029' => '\n',
                '\t' => ' ',
                char c when char.IsControl(c) || IsDirection(c) || Surrogates.IsLone(source, i) => Replacement,
                char c => c,
            };
        }
    });

    /// <summary>The same on one line.</summary>
    public static string CleanLine(string text) => Clean(text).Replace('\n', ' ');

    // Embeddings, overrides and isolates, which reach beyond the text unless they are ended.
    private static bool IsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
