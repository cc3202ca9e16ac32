namespace Splade.AI.Explanation.Rendering;

/// <summary>Signs of where a term comes from, for those who do not see the colour.</summary>
internal static class OriginMark
{
    public const string Literal = "=";
    public const string Expansion = "+";
    public const string Policy = "*";

    /// <summary>A sign and the word that the term comes from; empty where neither is known.</summary>
    public static string With(TermOrigin? origin, string word)
    {
        string mark = origin switch
        {
            TermOrigin.Literal => Literal,
            TermOrigin.Expansion => Expansion,
            TermOrigin.Policy => Policy,
            _ => "",
        };
        return $"{mark} {word}".Trim();
    }
}
