namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>A term that a query and a document share.</summary>
internal sealed record MatchedTermJson(int Id, string Term, double Contribution, double Share, SideJson Query, SideJson Document)
{
    public static MatchedTermJson Of(MatchedTerm term) =>
        new(term.Id, term.Token, term.Contribution, term.Share, SideJson.Of(term.Query), SideJson.Of(term.Document));
}
