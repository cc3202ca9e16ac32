namespace Splade.AI.Explanation.Rendering;

/// <summary>How a term is written for people.</summary>
internal static class TermName
{
    /// <summary>How vocabularies of WordPiece mark what continues a word. People take <c>##ya</c> for a piece, and <c>ya</c> for a word.</summary>
    private const string Continuation = "##";

    /// <summary>The term's text; as the vocabulary writes it where the text would mislead or not be seen.</summary>
    public static string Of(string token, string text) =>
        string.IsNullOrWhiteSpace(text) || token.StartsWith(Continuation, StringComparison.Ordinal) ? token : text;

    public static string Of(ExplainedTerm term) => Of(term.Token, term.Text);

    public static string Of(ExplainedToken token) => Of(token.Token, token.Text);
}
