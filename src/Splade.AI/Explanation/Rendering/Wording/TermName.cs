namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>How a term is written for people, and the signs of where it comes from, for those who do not see the colour.</summary>
internal static class TermName
{
    public const string LiteralSign = "=";
    public const string ExpansionSign = "+";
    public const string PolicySign = "*";

    /// <summary>How vocabularies of WordPiece mark what continues a word. People take <c>##ya</c> for a piece, and <c>ya</c> for a word.</summary>
    private const string Continuation = "##";

    /// <summary>The term's text; as the vocabulary writes it where the text would mislead or not be seen.</summary>
    public static string Of(string token, string text) =>
        string.IsNullOrWhiteSpace(text) || token.StartsWith(Continuation, StringComparison.Ordinal) ? token : text;

    public static string Of(ExplainedTerm term) => Of(term.Token, term.Text);

    public static string Of(ExplainedToken token) => Of(token.Token, token.Text);

    public static string Of(MatchedTerm term) => Of(term.Token, term.Text);

    /// <summary>A sign and the word that the term comes from; empty where neither is known.</summary>
    public static string WithSign(TermOrigin? origin, string word)
    {
        string sign = origin switch
        {
            TermOrigin.Literal => LiteralSign,
            TermOrigin.Expansion => ExpansionSign,
            TermOrigin.Policy => PolicySign,
            _ => "",
        };
        return $"{sign} {word}".Trim();
    }
}
