namespace RagChat.Documents;

/// <summary>Texts from files are shown on terminals and written into prompts: both give meaning to control characters.</summary>
internal static class PrintableText
{
    /// <summary>The text, with U+FFFD in place of control characters other than line feeds and tabs, and of what is no character at all.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            char c = source[i];
            target[i] = c is '\n' or '\t' || !(char.IsControl(c) || c is '\uFFFE' or '\uFFFF') ? c : '\uFFFD';
        }
    });
}
