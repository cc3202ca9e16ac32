using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What <see cref="ExplanationRendering.ToJson(MatchExplanation)"/> documents.</summary>
internal sealed record MatchJson(
    float Score,
    double? ExpansionShare,
    string? Warning,
    IReadOnlyList<MatchJson.Shared> Terms,
    int TermCount,
    IReadOnlyList<TermJson> Unmatched,
    int UnmatchedCount,
    bool Truncated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PolicyShare,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TextJson.BannedTerm>? QueryBanned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TextJson.BannedTerm>? DocumentBanned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpansUnavailableReason)
{
    public static MatchJson Of(MatchExplanation match) => new(
        match.Score,
        match.ExpansionShare,
        match.Warning,
        [.. match.Terms.Select(Shared.Of)],
        match.TermCount,
        [.. match.UnmatchedTerms.Select(TermJson.Of)],
        match.UnmatchedCount,
        match.Query is { Truncated: true } || match.Document is { Truncated: true },
        match.PolicyShare > 0 ? match.PolicyShare : null,
        TextJson.BannedTerm.Of(match.Query),
        TextJson.BannedTerm.Of(match.Document),
        match.Query?.SpansUnavailableReason ?? match.Document?.SpansUnavailableReason);

    /// <summary>A term that the query and the document share.</summary>
    internal sealed record Shared(int Id, string Term, double Contribution, double Share, TermJson Query, TermJson Document)
    {
        public static Shared Of(MatchedTerm term) =>
            new(term.Id, term.Token, term.Contribution, term.Share, TermJson.OfSide(term.Query), TermJson.OfSide(term.Document));
    }
}
