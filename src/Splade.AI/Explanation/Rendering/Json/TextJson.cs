using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What <see cref="ExplanationRendering.ToJson(TextExplanation)"/> documents.</summary>
internal sealed record TextJson(
    IReadOnlyList<TermJson> Terms,
    int TermCount,
    double Mass,
    double LiteralShare,
    double ExpansionShare,
    int Tokens,
    bool Truncated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PolicyShare,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TextJson.BannedTerm>? Banned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpansUnavailableReason)
{
    public static TextJson Of(TextExplanation text) => new(
        [.. text.Terms.Select(TermJson.Of)],
        text.TermCount,
        text.Mass,
        text.LiteralShare,
        text.ExpansionShare,
        text.TokenCount,
        text.Truncated,
        text.PolicyShare > 0 ? text.PolicyShare : null,
        BannedTerm.Of(text),
        text.SpansUnavailableReason);

    /// <summary>A term that a policy took out, with the weight that it had.</summary>
    internal sealed record BannedTerm(int Id, string Term, float Weight)
    {
        /// <summary>Those of a text; null if there are none.</summary>
        public static IReadOnlyList<BannedTerm>? Of(TextExplanation? text) =>
            text is { BannedTerms.Count: > 0 } ? [.. text.BannedTerms.Select(e => new BannedTerm(e.Id, e.Token, e.Before))] : null;
    }
}
