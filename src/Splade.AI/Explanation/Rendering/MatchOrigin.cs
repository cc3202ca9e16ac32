namespace Splade.AI.Explanation.Rendering;

/// <summary>Whether both texts have a term that they share.</summary>
internal static class MatchOrigin
{
    public static TermOrigin? Of(MatchedTerm term) => term.RestsOnExpansion switch
    {
        true => TermOrigin.Expansion,
        false => TermOrigin.Literal,
        null => null,
    };
}
