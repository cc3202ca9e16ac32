namespace Splade.AI.Display;

/// <summary>Makes texts fit for a terminal: they cannot command it, and cannot change the order of what stands beside them.</summary>
/// <remarks>
/// <para>
/// For whatever a program prints that it has not written itself: names and words from model files, lines and ids of collections, answers of
/// servers, and the messages of exceptions, which quote all of these. Explanations are cleaned already.
/// </para>
/// <para>
/// Escape sequences lose the character that makes them one, and what is left of them shows; so do the marks that embed, override or isolate a
/// direction of writing. Characters that show nothing and change nothing stay. Thread-safe.
/// </para>
/// </remarks>
public static class TerminalText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Gets a text of the same length in which line feeds are the only control characters: places in one are places in the other.</summary>
    /// <param name="text">The text.</param>
    /// <returns>
    /// The text with U+FFFD for control characters, marks of direction, halves of surrogate pairs, U+FFFE and U+FFFF; with spaces for tabs; and
    /// with a line feed, after a space where there were two characters, for each end of a line.
    /// </returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i] switch
                {
                    '\n' => '\n',
                    '\r' when i + 1 < source.Length && source[i + 1] == '\n' => ' ',
                    '\r' or '\u2028' or '\u2029' => '\n',
                    '\t' => ' ',
                    char c when char.IsControl(c) || IsDirection(c) || c is '\uFFFE' or '\uFFFF' || Surrogates.IsLone(source, i) => Replacement,
                    char c => c,
                };
            }
        });
    }

    /// <summary>Gets the same on one line: with spaces for line feeds too.</summary>
    /// <param name="text">The text.</param>
    public static string CleanLine(string text) => Clean(text).Replace('\n', ' ');

    // Embeddings, overrides and isolates, which reach beyond the text unless they are ended.
    private static bool IsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
